import {contextLookupOf, findApiKey, type ApiKeys} from '../apiKeys.js';
import type {Control} from '../control/control.js';
import type {Install, JournalEntry} from '../control/types.js';
import {StorageError} from '../errors.js';
import type {Connection} from '../http/connection.js';
import {sendOperation} from '../http/sendOperation.js';
import {type Sdk, setClassesOf} from '../sdk.js';
import {type Call, detailsOf, describeCall, type Reply} from '../store/call.js';
import {createStores} from '../store/createStores.js';
import {PendingResets} from '../store/pendingResets.js';
import type {StoreName, Stores} from '../stores.js';
import type {KVHash} from '../values.js';
import {decodeValue} from '../wire/decode.js';
import {runInRequest} from './requestContext.js';
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
  readonly #calls: Call[] = [];
  readonly #pending = new Set<Call>();
  readonly #callsAfterEnd: Call[] = [];
  readonly #resets = new PendingResets();
  readonly #installs = new Map<number, string>();
  readonly #invented = new Map<number, Promise<string> | 'current'>();
  #install: Install;
  #isOpen = true;

  private constructor(emulator: EmulatorAccess, appKey: string, install: Install) {
    this.#emulator = emulator;
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

  /** @internal */
  static async open(emulator: EmulatorAccess, name = 'test'): Promise<TestApp> {
    const {appId, appKey} = await emulator.control.app(`${name}-${process.pid}-${Date.now().toString(36)}-${++appsCreated}`);
    return new TestApp(emulator, appKey, await emulator.control.install({appId}));
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

  /** Uninstalls the app and installs it again. The new install has another id, another key and empty stores (INST-5). */
  async reinstall(): Promise<Install> {
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

  /** @internal */
  partition(store: StoreName, sdk: Sdk = this.#emulator.sdk): string {
    return `${this.appId} ${store === 'sharedKvStore' ? '' : String(contextLookupOf(sdk)()?.installId)}`;
  }

  /** @internal */
  async execute(call: Call, sdk: Sdk = this.#emulator.sdk): Promise<Reply> {
    if (!this.#isOpen) {
      this.#callsAfterEnd.push(call);
      throw callAfterTestEnd(call);
    }
    this.#calls.push(call);
    this.#pending.add(call);
    try {
      await this.#resets.wait(call.store);
      const keys = {...this.#keys, apiKey: this.#install.apiKey};
      const apiKey = await findApiKey(call.store, keys, contextLookupOf(sdk));
      return await sendOperation(this.#emulator.connection, apiKey, call);
    } catch (error) {
      if (error instanceof StorageError && error.code === 'install_revoked') {
        await this.#useNewInstall();
      }
      throw error;
    } finally {
      this.#pending.delete(call);
    }
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

  /** The calls that were sent through these stores, in order. @internal */
  get calls(): readonly Call[] {
    return this.#calls;
  }

  /** Deletes the app. Returns the calls that have not completed, for lack of an `await`. @internal */
  async close(): Promise<string[]> {
    this.#isOpen = false;
    const unawaited = [...this.#pending, ...this.#callsAfterEnd].map(describeCall);
    // Not an error if a reset failed and no call followed: all records are deleted now.
    await this.#resets.settle();
    await this.#emulator.control.reset(this.appId);
    return unawaited;
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

  /** Continues with the new install after a `reinstall` fault, as the app would on the platform. */
  async #useNewInstall(): Promise<void> {
    const {appId, trackerId} = this.#install;
    const successor = (await this.#emulator.control.installs())
      .filter((install) => install.appId === appId && install.trackerId === trackerId && install.state === 'active')
      .at(-1);
    if (successor !== undefined) {
      this.#install = this.#remember(successor);
    }
  }
}

function callAfterTestEnd(call: Call): StorageError {
  return new StorageError(
    'unavailable',
    `${describeCall(call)} was called after its test had ended: an await is missing. Nothing was done.`,
    detailsOf(call),
  );
}
