import {contextOf, keyFor, type Keys} from '../caller.js';
import type {Control} from '../control/control.js';
import type {Install, JournalEntry} from '../control/wire.js';
import {StorageError} from '../errors.js';
import type {Connection} from '../http/connection.js';
import {execute} from '../http/transport.js';
import {type Sdk, setClassesOf} from '../sdk.js';
import {type Call, detailsOf, placeOf, type Reply} from '../store/call.js';
import {fourStores} from '../store/fourStores.js';
import type {StoreName, Stores} from '../stores.js';
import type {KVHash} from '../values.js';
import {decodeValue} from '../wire/decode.js';
import {inRequest} from './inRequest.js';
import {TestClock} from './testClock.js';
import {TestFaults} from './testFaults.js';

/** Where test apps live. */
export interface TestHome {
  readonly control: Control;
  readonly connection: Connection;
  readonly sdk: Sdk;
  readonly patchTimeoutMs: number;
}

/** The records of an install by store and key, read past faults and journal. */
export type Records = Record<StoreName, Record<string, KVHash>>;

let made = 0;

/**
 * An app that a test has to itself, with one install: its stores, its time, its faults and its journal are nobody else's,
 * so that tests run beside each other on one emulator.
 */
export class TestApp {
  readonly appId: string;
  /** The stores of the current install; after a reinstall they are the new one's. */
  readonly stores: Stores;
  readonly clock: TestClock;
  readonly faults: TestFaults;

  readonly #home: TestHome;
  readonly #keys: Keys;
  readonly #calls: Call[] = [];
  readonly #pending = new Set<Call>();
  readonly #late: Call[] = [];
  readonly #installs = new Map<number, string>();
  readonly #madeUp = new Map<number, Promise<string> | 'current'>();
  #install: Install;
  #isOpen = true;

  private constructor(home: TestHome, appKey: string, install: Install) {
    this.#home = home;
    this.#install = this.#know(install);
    this.appId = install.appId;
    this.clock = new TestClock(home.control, this.appId);
    this.faults = new TestFaults(home.control, this.appId);
    this.#keys = {appKey, apiKeyFor: (installId) => this.#keyOf(installId)};
    this.stores = fourStores({
      sdk: home.sdk,
      patchTimeoutMs: home.patchTimeoutMs,
      partition: (store) => this.partition(store),
      transport: (call) => this.execute(call),
      clear: (store) => this.clear(store),
    });
  }

  /** @internal */
  static async open(home: TestHome, name = 'test'): Promise<TestApp> {
    const {appId, appKey} = await home.control.app(`${name}-${process.pid}-${Date.now().toString(36)}-${++made}`);
    return new TestApp(home, appKey, await home.control.install({appId}));
  }

  /** The install that the stores belong to now. */
  get install(): Install {
    return this.#install;
  }

  /** What happened to the app's records, in order: names, outcomes and versions, never a value. */
  journal(): Promise<JournalEntry[]> {
    return this.#home.control.journal({appId: this.appId});
  }

  /** The current install is uninstalled and installed again: another id, another key, empty stores (INST-5). */
  async reinstall(): Promise<Install> {
    this.#install = this.#know(await this.#home.control.reinstall(this.#install.installId));
    return this.#install;
  }

  /** The current install ends (INST-4). */
  async uninstall(): Promise<void> {
    await this.#home.control.uninstall(this.#install.installId);
  }

  /** One more install of the app, in another account unless told. */
  async addInstall(trackerId?: string): Promise<Install> {
    const account = trackerId === undefined ? {} : {trackerId};
    return this.#know(await this.#home.control.install({appId: this.appId, ...account}));
  }

  /** Everything that an install has, the current one unless told; it meets no fault and leaves no trace in the journal. */
  async records(install: Install = this.#install): Promise<Records> {
    const {stores} = await this.#home.control.records(install.installId);
    const classes = setClassesOf(this.#home.sdk);
    const records: Records = {secrets: {}, settings: {}, kvStore: {}, sharedKvStore: {}};
    for (const [store, byKey] of Object.entries(stores)) {
      for (const [key, record] of Object.entries(byKey)) {
        records[store as StoreName][key] = decodeValue(record.value, classes) as KVHash;
      }
    }
    return records;
  }

  /** Runs it as the platform runs a request for that install: the SDK's context names it. */
  inRequestOf<T>(install: Install, run: () => T): T {
    return inRequest({installId: install.installId, trackerId: install.trackerId}, run);
  }

  /** Runs it as the platform runs a global function, which has no install and the shared store alone (INST-3). */
  asGlobalFunction<T>(run: () => T): T {
    return inRequest({installId: 0, trackerId: ''}, run);
  }

  /** @internal */
  partition(store: StoreName): string {
    return store === 'sharedKvStore' ? '' : String(contextOf(this.#home.sdk)()?.installId);
  }

  /** @internal */
  async execute(call: Call): Promise<Reply> {
    if (!this.#isOpen) {
      this.#late.push(call);
      throw lateCall(call);
    }
    this.#calls.push(call);
    this.#pending.add(call);
    try {
      const keys = {...this.#keys, apiKey: this.#install.apiKey};
      const apiKey = await keyFor(call.store, keys, contextOf(this.#home.sdk));
      return await execute(this.#home.connection, apiKey, call);
    } catch (refusal) {
      if (refusal instanceof StorageError && refusal.code === 'install_revoked') {
        await this.#follow();
      }
      throw refusal;
    } finally {
      this.#pending.delete(call);
    }
  }

  /** @internal */
  async clear(store: StoreName): Promise<void> {
    await this.#home.control.load(this.#install.installId, {format: 'stowage/1', stores: {[store]: {}}});
  }

  /** What was sent through these stores, in order. @internal */
  get calls(): readonly Call[] {
    return this.#calls;
  }

  /** Ends it; answers what was still under way, or came later, for want of an `await`. @internal */
  async close(): Promise<string[]> {
    this.#isOpen = false;
    const unawaited = [...this.#pending, ...this.#late].map(placeOf);
    await this.#home.control.reset(this.appId);
    return unawaited;
  }

  /**
   * Tests like to make up the ids in their contexts. The first of them is the current install, which they also meet outside
   * of a request; every other is an install of its own, so that what is partitioned on the platform is partitioned here.
   */
  #keyOf(installId: number): string | Promise<string> {
    const real = this.#installs.get(installId);
    if (real !== undefined) {
      return real;
    }
    let madeUp = this.#madeUp.get(installId);
    if (madeUp === undefined) {
      madeUp = this.#madeUp.size === 0 ? 'current' : this.addInstall().then((install) => install.apiKey);
      this.#madeUp.set(installId, madeUp);
    }
    return madeUp === 'current' ? this.#install.apiKey : madeUp;
  }

  #know(install: Install): Install {
    this.#installs.set(install.installId, install.apiKey);
    return install;
  }

  /** After a reinstall in the middle of an operation the app is the new install, as it would be on the platform. */
  async #follow(): Promise<void> {
    const {appId, trackerId} = this.#install;
    const successor = (await this.#home.control.installs())
      .filter((install) => install.appId === appId && install.trackerId === trackerId && install.state === 'active')
      .at(-1);
    if (successor !== undefined) {
      this.#install = this.#know(successor);
    }
  }
}

export function lateCall(call: Call): StorageError {
  return new StorageError(
    'unavailable',
    `${placeOf(call)} came when its test had ended: somewhere an await is missing. Nothing was done.`,
    detailsOf(call),
  );
}
