import {AsyncLocalStorage} from 'node:async_hooks';

import type {Install, JournalEntry} from '../control/wire.js';
import {StorageError} from '../errors.js';
import {fourStores} from '../store/fourStores.js';
import type {Stores} from '../stores.js';
import {type Hooks, hooksOf} from './hooks.js';
import {sweep, type SweepOptions, type SweepReport} from './sweep.js';
import {lateCall, type Records, TestApp} from './testApp.js';
import type {TestClock} from './testClock.js';
import type {TestFaults} from './testFaults.js';
import {Home, type HomeOptions} from './testHome.js';

export interface EachTestOptions extends HomeOptions, Partial<Hooks> {}

/** The app of the test that is running, and more of them where a test wants more. */
export interface StorageOfTests {
  /** The stores of the running test's app: what `storage.*` of the SDK is now. */
  readonly stores: Stores;
  /** The running test's app. */
  readonly app: TestApp;
  readonly install: Install;
  readonly clock: TestClock;
  readonly faults: TestFaults;
  journal(): Promise<JournalEntry[]>;
  records(install?: Install): Promise<Records>;
  reinstall(): Promise<Install>;
  /** Runs it with an app of its own, which `storage.*` is as long as it runs: for tests that run beside each other. */
  withApp<T>(run: (app: TestApp) => Promise<T>): Promise<T>;
  /** Runs it once for every fault at every place of it; see `sweep`. */
  sweep(run: (app: TestApp) => Promise<unknown>, options?: SweepOptions): Promise<SweepReport>;
}

/**
 * Gives every test an app of its own with one install, and lets `storage.*` of the SDK be that app's stores. Call it in a
 * file that the framework loads before each test file, and ahead of any module of the app that takes a store out of
 * `storage` when it is loaded.
 */
export function eachTest(options: EachTestOptions = {}): StorageOfTests {
  const hooks = hooksOf(options);
  const home = new Home(options);
  const ownApps = new AsyncLocalStorage<TestApp>();
  let appOfTest: TestApp | undefined;

  const current = (): TestApp => {
    const app = ownApps.getStore() ?? appOfTest;
    if (app === undefined) {
      throw new StorageError('unavailable', 'No test is running: each has an app of its own, from beforeEach to afterEach.');
    }
    return app;
  };

  const stores = fourStores({
    sdk: home.sdk,
    patchTimeoutMs: options.patchTimeoutMs ?? 30_000,
    partition: (store) => current().partition(store),
    transport: (call) => {
      const app = ownApps.getStore() ?? appOfTest;
      return app === undefined ? Promise.reject(lateCall(call)) : app.execute(call);
    },
    clear: (store) => current().clear(store),
  });
  home.sdk.initializeStores?.(stores as never);

  hooks.beforeEach(async () => {
    appOfTest = await TestApp.open(await home.open());
  });
  hooks.afterEach(async () => {
    const app = appOfTest;
    appOfTest = undefined;
    complainOf((await app?.close()) ?? []);
  });
  hooks.afterAll?.(() => home.close());

  const withApp = async <T>(run: (app: TestApp) => Promise<T>): Promise<T> => {
    const app = await TestApp.open(await home.open());
    let unawaited: string[] = [];
    try {
      return await ownApps.run(app, () => run(app));
    } finally {
      unawaited = await app.close();
      complainOf(unawaited);
    }
  };

  return {
    stores,
    get app() {
      return current();
    },
    get install() {
      return current().install;
    },
    get clock() {
      return current().clock;
    },
    get faults() {
      return current().faults;
    },
    journal: () => current().journal(),
    records: (install) => current().records(install),
    reinstall: () => current().reinstall(),
    withApp,
    sweep: (run, sweepOptions) => sweep(withApp, run, sweepOptions),
  };
}

function complainOf(unawaited: string[]): void {
  if (unawaited.length > 0) {
    throw new Error(
      `The test ended while ${unawaited.join(', ')} ${unawaited.length === 1 ? 'was' : 'were'} under way: an await is missing.`,
    );
  }
}
