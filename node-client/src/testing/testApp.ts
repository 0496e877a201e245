import {contextLookupOf, findApiKey, type ApiKeys} from '../apiKeys.js';
import type {Control} from '../control/control.js';
import type {Advice, Install, JournalEntry, RenewedInstall} from '../control/types.js';
import {StorageError} from '../errors.js';
import type {Connection} from '../http/connection.js';
import {sendOperation} from '../http/sendOperation.js';
import {type Sdk, setClassesOf} from '../sdk.js';
import {type Call, detailsOf, describeCall, type Reply} from '../store/call.js';
import {createStores} from '../store/createStores.js';
import {KeyedQueue} from '../store/keyedQueue.js';
import {PendingResets} from '../store/pendingResets.js';
import type {StoreName, Stores} from '../stores.js';
import type {KVHash} from '../values.js';
import {decodeValue} from '../wire/decode.js';
import {currentActor} from './currentActor.js';
import {runInRequest} from './requestContext.js';
import {RequestWatch, type WatchRequestsOptions} from './requestWatch.js';
import {TestClock} from './testClock.js';
import {TestFaults} from './testFaults.js';
import {type HoldMatch, TestHold} from './testHold.js';

/** The emulator that test apps are created on, and the options for it. */
export interface EmulatorAccess {
  readonly control: Control;
  readonly connection: Connection;
  readonly sdk: Sdk;
  readonly patchTimeoutMs: number;
}

/** The records of an install, by store and key. */
export type Records = Record<StoreName, Record<string, KVHash>>;

let appsCreated = 0;

/**
 * The app of one test, with one install. Its stores, clock, faults and journal are separate from those of all other apps,
 * so that tests can run concurrently on one emulator.
 */
export class TestApp {
  readonly appId: string;
  /** The stores of the current install. After a reinstall they belong to the new one. */
  readonly stores: Stores;
  readonly clock: TestClock;
  readonly faults: TestFaults;

  readonly #emulator: EmulatorAccess;
  readonly #keys: ApiKeys;
  readonly #pending = new Set<Call>();
  /** An actor's operations have one order: that of its calls. */
  readonly #ofActors = new KeyedQueue();
  readonly #callsAfterEnd: Call[] = [];
  readonly #resets = new PendingResets();
  readonly #installs = new Map<number, string>();
  readonly #invented = new Map<number, Promise<string> | 'current'>();
  readonly #isOfApp: () => boolean;
  #followsReinstalls = false;
  #install: Install;
  #requestWatch: RequestWatch | undefined;
  /** What is done with advice at the end of the test, if it is looked for. */
  #whenAdvised: ((advice: string) => void) | undefined;
  #isOpen = true;
  /** Calls that reached this app while an exploration or a sweep runs on another one. */
  #strayCalls: Call[] | undefined;

  private constructor(emulator: EmulatorAccess, appKey: string, install: Install, isRunning: (app: TestApp) => boolean) {
    this.#emulator = emulator;
    this.#isOfApp = () => isRunning(this);
    this.#install = this.#remember(install);
    this.appId = install.appId;
    this.clock = new TestClock(emulator.control, this.appId);
    this.faults = new TestFaults(emulator.control, this.appId);
    this.#keys = {appKey, apiKeyFor: (installId) => this.#keyOf(installId)};
    this.stores = createStores({
      sdk: emulator.sdk,
      patchTimeoutMs: emulator.patchTimeoutMs,
      partition: (store) => this.partition(store),
      transport: (call) => this.execute(call),
      reset: (store) => {
        this.reset(store);
      },
    });
  }

  /**
   * Creates an app with an install.
   *
   * @param isRunning whether the code that is running belongs to that app
   * @internal
   */
  static async open(emulator: EmulatorAccess, isRunning: (app: TestApp) => boolean): Promise<TestApp> {
    const {appId, appKey} = await emulator.control.app(newAppId());
    return new TestApp(emulator, appKey, await emulator.control.install({appId}), isRunning);
  }

  /**
   * The app of one run of an exploration or a sweep, which the emulator has just installed. When a sweep
   * reinstalls the app before an operation, the operation is the new install's.
   *
   * @internal
   */
  static ofRun(emulator: EmulatorAccess, install: RenewedInstall, isRunning: (app: TestApp) => boolean): TestApp {
    const app = new TestApp(emulator, install.appKey, install, isRunning);
    app.#followsReinstalls = true;
    return app;
  }

  /** The current install. After a reinstall it is the new one. */
  get install(): Install {
    return this.#install;
  }

  /** Returns the app's operations in order: names, outcomes and versions, never a value. */
  journal(): Promise<JournalEntry[]> {
    return this.#emulator.control.journal({appId: this.appId});
  }

  /** Holds the app's operations that match, until the test releases them: `hold({operation: 'put', key: 'k'})`. */
  hold(match: HoldMatch = {}): Promise<TestHold> {
    return TestHold.open(this.#emulator.control, this.appId, match);
  }

  /**
   * Fails the test if the app sends a secret or a setting of an install that has ended to another service, or writes it to a
   * store. Judges the requests of the test's process through `fetch`, `http` and undici from now on.
   */
  async watchRequests(options: WatchRequestsOptions = {}): Promise<void> {
    this.#requestWatch?.stop();
    this.#requestWatch = await RequestWatch.start(this.#emulator.control, this.appId, this.#isOfApp, options);
  }

  /**
   * Fails the test if the app breaks a best practice of the storage from now on.
   *
   * @param off ids of practices that are not looked at: `no-ttl`, or `no-ttl:session` for one key
   */
  async failOnAdvice(off: readonly string[] = []): Promise<void> {
    await this.#emulator.control.beginAdvice(this.appId, off);
    this.#whenAdvised = fail;
  }

  /** Writes to the console which best practices of the storage the app breaks from now on, when the test ends; see `failOnAdvice`. */
  async reportAdvice(off: readonly string[] = []): Promise<void> {
    await this.#emulator.control.beginAdvice(this.appId, off);
    this.#whenAdvised = console.warn;
  }

  /** Uninstalls the app and installs it again. The new install has another id, another key and empty stores (INST-5). */
  async reinstall(): Promise<Install> {
    // What was sent before belongs to the old install.
    await this.#requestWatch?.settle();
    this.#install = this.#remember(await this.#emulator.control.reinstall(this.#install.installId));
    return this.#install;
  }

  /** Uninstalls the current install (INST-4). */
  async uninstall(): Promise<void> {
    await this.#emulator.control.uninstall(this.#install.installId);
  }

  /** Adds an install of the app. Default: in a new account. */
  async addInstall(trackerId?: string): Promise<Install> {
    const account = trackerId === undefined ? {} : {trackerId};
    return this.#remember(await this.#emulator.control.install({appId: this.appId, ...account}));
  }

  /** Returns all records of an install (default: the current one), without triggering faults or journal entries. */
  async records(install: Install = this.#install): Promise<Records> {
    const {stores} = await this.#emulator.control.records(install.installId);
    const classes = setClassesOf(this.#emulator.sdk);
    const records: Records = {secrets: {}, settings: {}, kvStore: {}, sharedKvStore: {}};
    for (const [store, byKey] of Object.entries(stores)) {
      for (const [key, record] of Object.entries(byKey)) {
        records[store as StoreName][key] = decodeValue(record.value, classes) as KVHash;
      }
    }
    return records;
  }

  /** Calls `run` in the SDK's context of a request for that install. */
  inRequestOf<T>(install: Install, run: () => T): T {
    return runInRequest({installId: install.installId, trackerId: install.trackerId}, run);
  }

  /** Calls `run` in the SDK's context of a global function, which has access to sharedKvStore only (INST-3). */
  asGlobalFunction<T>(run: () => T): T {
    return runInRequest({installId: 0, trackerId: ''}, run);
  }

  /**
   * Calls `explore`, which runs the test on another app. A call to this one comes from code that belongs to no run. It is refused,
   * and afterwards rejects.
   *
   * @internal
   */
  async suspendWhile<T>(explore: () => Promise<T>): Promise<T> {
    const strayCalls: Call[] = [];
    this.#strayCalls = strayCalls;
    try {
      return await explore();
    } finally {
      this.#strayCalls = undefined;
      const [first] = strayCalls;
      if (first !== undefined) {
        // eslint-disable-next-line no-unsafe-finally -- it explains whatever went wrong in the run
        throw callOfNoRun(first);
      }
    }
  }

  /** @internal */
  partition(store: StoreName, sdk: Sdk = this.#emulator.sdk): string {
    // Actors do not wait for each other outside of the storage.
    return `${this.appId} ${store === 'sharedKvStore' ? '' : String(contextLookupOf(sdk)()?.installId)} ${currentActor() ?? ''}`;
  }

  /** @internal */
  async execute(call: Call, sdk: Sdk = this.#emulator.sdk): Promise<Reply> {
    if (!this.#isOpen) {
      this.#callsAfterEnd.push(call);
      throw callAfterTestEnd(call);
    }
    if (this.#strayCalls !== undefined) {
      this.#strayCalls.push(call);
      throw callOfNoRun(call);
    }
    this.#pending.add(call);
    const actor = currentActor();
    return actor === undefined ? this.#send(call, sdk) : this.#ofActors.run(actor, () => this.#send(call, sdk, actor));
  }

  async #send(call: Call, sdk: Sdk, actor?: string): Promise<Reply> {
    try {
      await this.#resets.wait(call.store);
      await this.#requestWatch?.settle();
      return await this.#sendWithKey(call, sdk, actor);
    } catch (error) {
      if (error instanceof StorageError && error.code === 'install_revoked') {
        const hasNewInstall = await this.#useNewInstall();
        if (hasNewInstall && this.#followsReinstalls) {
          return await this.#sendWithKey(call, sdk, actor);
        }
      }
      throw error;
    } finally {
      this.#pending.delete(call);
    }
  }

  async #sendWithKey(call: Call, sdk: Sdk, actor?: string): Promise<Reply> {
    const keys = {...this.#keys, apiKey: this.#install.apiKey};
    const apiKey = await findApiKey(call.store, keys, contextLookupOf(sdk));
    return sendOperation(this.#emulator.connection, apiKey, call, actor);
  }

  /** Starts to empty a store of the current install. The next call to it waits for that. @internal */
  reset(store: StoreName): void {
    // An app that is closed has no records left.
    if (this.#isOpen) {
      this.#resets.start(store, () =>
        this.#emulator.control.load(this.#install.installId, {format: 'stowage/1', stores: {[store]: {}}}),
      );
    }
  }

  /** Deletes the app. Rejects if a call was not awaited, or a stale value was used. @internal */
  async close(): Promise<void> {
    this.#isOpen = false;
    try {
      await this.end();
    } finally {
      await this.#emulator.control.reset(this.appId);
    }
  }

  /** Ends one run of an exploration or a sweep. Rejects if a call was not awaited, or a stale value was used. @internal */
  async end(): Promise<void> {
    this.#isOpen = false;
    const unawaited = [...this.#pending, ...this.#callsAfterEnd].map(describeCall);
    // Not an error if a reset failed and no call followed: all records are deleted now.
    await this.#resets.settle();
    await this.#requestWatch?.end();
    if (unawaited.length > 0) {
      throw new Error(`The test ended before ${unawaited.join(', ')} had completed: an await is missing.`);
    }
    if (this.#whenAdvised !== undefined) {
      describeAdvice(await this.#emulator.control.advice(this.appId)).forEach((advice) => this.#whenAdvised?.(advice));
    }
  }

  /**
   * Tests often invent the ids in their contexts. The first invented id stands for the current install, which is also used
   * outside of a request. For each further id an install is added, because installs do not share records.
   */
  #keyOf(installId: number): string | Promise<string> {
    const known = this.#installs.get(installId);
    if (known !== undefined) {
      return known;
    }
    let invented = this.#invented.get(installId);
    if (invented === undefined) {
      invented = this.#invented.size === 0 ? 'current' : this.addInstall().then((install) => install.apiKey);
      this.#invented.set(installId, invented);
    }
    return invented === 'current' ? this.#install.apiKey : invented;
  }

  #remember(install: Install): Install {
    this.#installs.set(install.installId, install.apiKey);
    return install;
  }

  /** Continues with the new install after a `reinstall` fault, as the app would on the platform. Returns whether there is one. */
  async #useNewInstall(): Promise<boolean> {
    const {appId, trackerId, installId} = this.#install;
    const successor = (await this.#emulator.control.installs())
      .filter((install) => install.appId === appId && install.trackerId === trackerId && install.state === 'active')
      .at(-1);
    if (successor !== undefined) {
      this.#install = this.#remember(successor);
    }
    return this.#install.installId !== installId;
  }
}

function fail(advice: string): never {
  throw new Error(advice);
}

/** All advice as one text; nothing if there is none. */
function describeAdvice(advice: readonly Advice[]): string[] {
  const [first] = advice;
  if (first === undefined) {
    return [];
  }
  return [
    [
      'The app breaks best practices of the storage:',
      ...advice.flatMap((one) => [
        `  ${one.practice}: '${one.key}' in ${one.store}: ${one.observation}. ${one.advice}`,
        ...one.evidence.map((operation) => `    ${operation}`),
      ]),
      `To switch one off: failOnAdvice(['${first.practice}']), or for this key only '${first.practice}:${first.key}'.`,
    ].join('\n'),
  ];
}

function newAppId(): string {
  return `test-${process.pid}-${Date.now().toString(36)}-${++appsCreated}`;
}

function callAfterTestEnd(call: Call): StorageError {
  return new StorageError(
    'unavailable',
    `${describeCall(call)} was called after its test had ended: an await is missing. Nothing was done.`,
    detailsOf(call),
  );
}

function callOfNoRun(call: Call): StorageError {
  return new StorageError(
    'unavailable',
    `${describeCall(call)} was called from code that belongs to no run, while \`interleavings\` or \`sweep\` runs the test: from a` +
      ' timer, a queue or a promise chain that began before. Begin it within the run. Nothing was done.',
    detailsOf(call),
  );
}
