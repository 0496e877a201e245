import type {Control} from '../control/control.js';
import type {Install, JournalEntry} from '../control/types.js';
import {exportsOf, type Sdk} from '../sdk.js';
import {createStores} from '../store/createStores.js';
import type {Stores} from '../stores.js';
import {CurrentApp} from './currentApp.js';
import {type Hooks, hooksOf} from './hooks.js';
import {SdkCopies} from './sdkCopies.js';
import {type Actors, interleavings, type InterleavingsOptions, type InterleavingsReport} from './interleavings.js';
import type {WatchRequestsOptions} from './requestWatch.js';
import type {RunOnApp} from './runs.js';
import {sweep, type SweepOptions, type SweepReport, type SweptFault} from './sweep.js';
import {type Records, TestApp} from './testApp.js';
import type {TestClock} from './testClock.js';
import type {TestFaults} from './testFaults.js';
import type {HoldMatch, TestHold} from './testHold.js';
import {TestEnvironment, type TestEnvironmentOptions} from './testEnvironment.js';

/** Where the last result of `eachTest` is found when this module is loaded again in the same process. */
const ACTIVE = Symbol.for('@stowage/client/testing');

interface GlobalWithStowage {
  [ACTIVE]?: {readonly storage: TestStorage; isTestRunning(): boolean};
}

export interface EachTestOptions extends TestEnvironmentOptions, Partial<Hooks> {}

/** The app of the running test, and its test controls. */
export interface TestStorage {
  /** The stores of the running test's app. The SDK's `storage` returns the same ones. */
  readonly stores: Stores;
  /** The running test's app. */
  readonly app: TestApp;
  readonly install: Install;
  readonly clock: TestClock;
  readonly faults: TestFaults;
  /** Holds operations until the test releases them. */
  hold(match?: HoldMatch): Promise<TestHold>;
  journal(): Promise<JournalEntry[]>;
  records(install?: Install): Promise<Records>;
  reinstall(): Promise<Install>;
  /**
   * Creates an app for `run`, whose stores the SDK's `storage` returns inside of `run`. Required for tests of one file that
   * run concurrently.
   */
  withApp<T>(run: (app: TestApp) => Promise<T>): Promise<T>;
  /**
   * Connects another copy of the SDK to the running test's app. Needed only for a copy that a test loads itself; copies that
   * are loaded before the test starts, and those that Jest loads after `resetModules`, are connected automatically.
   */
  attach(sdk: Sdk): void;
  /** Runs `run` once for each fault at each operation; see `sweep`. */
  sweep(run: (app: TestApp, fault: SweptFault | undefined) => Promise<unknown>, options?: SweepOptions): Promise<SweepReport>;
  /** Runs the actors in every order of their operations, and `check` after each; see `interleavings`. */
  interleavings(
    actors: Actors,
    check: (app: TestApp) => unknown,
    options?: InterleavingsOptions,
  ): Promise<InterleavingsReport>;
  /** Fails the test if the app sends a value of an install that has ended to another service; see `TestApp.watchRequests`. */
  watchRequests(options?: WatchRequestsOptions): Promise<void>;
  /** Fails the test if the app breaks a best practice of the storage; see `TestApp.failOnAdvice`. */
  failOnAdvice(off?: readonly string[]): Promise<void>;
  /** Writes to the console which best practices of the storage the app breaks; see `TestApp.reportAdvice`. */
  reportAdvice(off?: readonly string[]): Promise<void>;
}

/**
 * Gives every test its own app with one install, and makes the SDK's `storage` return that app's stores. Call it in a file
 * that the test framework loads before each test file, and before any module of the app that reads `storage.kvStore` or
 * another store when it is loaded.
 */
export function eachTest(options: EachTestOptions = {}): TestStorage {
  const hooks = hooksOf(options);
  const environment = new TestEnvironment(options);
  const active = (globalThis as GlobalWithStowage)[ACTIVE];
  if (active?.isTestRunning() === true) {
    // The setup file was loaded again during a test, for example after jest.resetModules().
    active.storage.attach(environment.sdk);
    return active.storage;
  }
  const currentApp = new CurrentApp();

  const storesFor = (sdk: Sdk): Stores =>
    createStores({
      sdk,
      patchTimeoutMs: options.patchTimeoutMs ?? 30_000,
      partition: (store) => currentApp.get().partition(store, sdk),
      transport: async (call) => currentApp.get(call).execute(call, sdk),
      // Without a running test there is nothing to reset: each test starts with empty stores.
      reset: (store) => currentApp.find()?.reset(store),
    });
  const stores = storesFor(environment.sdk);
  const copies = new SdkCopies((copy) => {
    copy.initializeStores?.((copy === environment.sdk ? stores : storesFor(copy)) as never);
  });
  const attach = (sdk: Sdk): void => {
    failIfNotSdk(sdk);
    copies.attach(exportsOf(sdk));
  };
  const usesSdk = options.sdk !== false;
  if (usesSdk) {
    if (options.sdk !== undefined) {
      failIfNotSdk(options.sdk);
    }
    copies.attach(environment.sdk);
    copies.attachLoaded();
  }

  const isRunning = (app: TestApp): boolean => currentApp.find() === app;
  const open = async (): Promise<TestApp> => TestApp.open(await environment.open(), isRunning);

  hooks.beforeEach(async () => {
    if (usesSdk) {
      copies.attachLoaded();
    }
    await currentApp.testStarts(open);
  });
  hooks.afterEach(async () => {
    await currentApp.testEnds((app) => app.close());
    if (usesSdk) {
      failIfFound(copies.attachLoaded());
    }
  });
  hooks.afterAll?.(() => environment.close());

  const withApp = async <T>(run: (app: TestApp) => Promise<T>): Promise<T> => {
    const app = await open();
    return closing(
      () => currentApp.run(app, () => run(app)),
      () => app.close(),
    );
  };
  /** Calls `explore` with the id of a new app, and with what runs code on the installs of it. */
  const exploring = async <T>(explore: (control: Control, appId: string, runOnApp: RunOnApp) => Promise<T>): Promise<T> => {
    const emulator = await environment.open();
    const outer = currentApp.find();
    const explored = (): Promise<T> =>
      withApp(async ({appId}) =>
        explore(emulator.control, appId, async (install, run) => {
          const app = TestApp.ofRun(emulator, install, isRunning);
          return closing(
            () => currentApp.run(app, () => run(app)),
            () => app.end(),
          );
        }),
      );
    return outer === undefined ? explored() : outer.suspendWhile(explored);
  };

  const storage: TestStorage = {
    stores,
    get app() {
      return currentApp.get();
    },
    get install() {
      return currentApp.get().install;
    },
    get clock() {
      return currentApp.get().clock;
    },
    get faults() {
      return currentApp.get().faults;
    },
    hold: (match) => currentApp.get().hold(match),
    journal: () => currentApp.get().journal(),
    records: (install) => currentApp.get().records(install),
    reinstall: () => currentApp.get().reinstall(),
    withApp,
    attach,
    sweep: (run, sweepOptions = {}) =>
      exploring((control, appId, runOnApp) => sweep(control, appId, runOnApp, run, sweepOptions)),
    interleavings: (actors, check, orderOptions = {}) =>
      exploring((control, appId, runOnApp) => interleavings(control, appId, runOnApp, actors, check, orderOptions)),
    failOnAdvice: (off) => currentApp.get().failOnAdvice(off),
    reportAdvice: (off) => currentApp.get().reportAdvice(off),
    watchRequests: (watchOptions) => currentApp.get().watchRequests(watchOptions),
  };
  (globalThis as GlobalWithStowage)[ACTIVE] = {storage, isTestRunning: () => currentApp.isTestRunning};
  return storage;
}

/** Without this, the app would use the SDK's local stores, and its tests would pass or fail for other reasons. */
function failIfNotSdk(sdk: Sdk): void {
  if (exportsOf(sdk).initializeStores === undefined) {
    throw new Error(
      'The `sdk` that was passed has no `initializeStores`, so its stores cannot be connected to the emulator. Pass the module' +
        " itself: `import sdk from '@zaiusinc/app-sdk'`, or `require('@zaiusinc/app-sdk')`.",
    );
  }
}

function failIfFound(paths: readonly string[]): void {
  if (paths.length > 0) {
    throw new Error(
      `This test loaded another copy of @zaiusinc/app-sdk (${paths.join(', ')}). What it stored through that copy is not on` +
        ' the emulator, but in local stores of that copy. Load the copy before the test starts, with an import at the top of' +
        ' the test file, or pass it to stowage.attach(sdk) after it was loaded.',
    );
  }
}

/** Calls `close` after `run`. An error of `run` comes before one of `close`, which may be its consequence. */
async function closing<T>(run: () => Promise<T>, close: () => Promise<void>): Promise<T> {
  let result: T;
  try {
    result = await run();
  } catch (error) {
    await close().catch(() => undefined);
    throw error;
  }
  await close();
  return result;
}
