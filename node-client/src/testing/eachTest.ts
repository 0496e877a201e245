import {AsyncLocalStorage} from 'node:async_hooks';

import type {Install, JournalEntry} from '../control/types.js';
import {StorageError} from '../errors.js';
import {createStores} from '../store/createStores.js';
import type {Stores} from '../stores.js';
import {type Hooks, hooksOf} from './hooks.js';
import {sweep, type SweepOptions, type SweepReport} from './sweep.js';
import {callAfterTestEnd, type Records, TestApp} from './testApp.js';
import type {TestClock} from './testClock.js';
import type {TestFaults} from './testFaults.js';
import {TestEnvironment, type TestEnvironmentOptions} from './testEnvironment.js';

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
  journal(): Promise<JournalEntry[]>;
  records(install?: Install): Promise<Records>;
  reinstall(): Promise<Install>;
  /**
   * Creates an app for `run`, whose stores the SDK's `storage` returns inside of `run`. Required for tests of one file that
   * run concurrently.
   */
  withApp<T>(run: (app: TestApp) => Promise<T>): Promise<T>;
  /** Runs `run` once for each fault at each operation; see `sweep`. */
  sweep(run: (app: TestApp) => Promise<unknown>, options?: SweepOptions): Promise<SweepReport>;
}

/**
 * Gives every test its own app with one install, and makes the SDK's `storage` return that app's stores. Call it in a file
 * that the test framework loads before each test file, and before any module of the app that reads `storage.kvStore` or
 * another store when it is loaded.
 */
export function eachTest(options: EachTestOptions = {}): TestStorage {
  const hooks = hooksOf(options);
  const environment = new TestEnvironment(options);
  const appsOfWithApp = new AsyncLocalStorage<TestApp>();
  let appOfTest: TestApp | undefined;

  const current = (): TestApp => {
    const app = appsOfWithApp.getStore() ?? appOfTest;
    if (app === undefined) {
      throw new StorageError('unavailable', 'No test is running. A test has an app from its beforeEach to its afterEach.');
    }
    return app;
  };

  const stores = createStores({
    sdk: environment.sdk,
    patchTimeoutMs: options.patchTimeoutMs ?? 30_000,
    partition: (store) => current().partition(store),
    transport: (call) => {
      const app = appsOfWithApp.getStore() ?? appOfTest;
      return app === undefined ? Promise.reject(callAfterTestEnd(call)) : app.execute(call);
    },
    clear: (store) => current().clear(store),
  });
  environment.sdk.initializeStores?.(stores as never);

  hooks.beforeEach(async () => {
    appOfTest = await TestApp.open(await environment.open());
  });
  hooks.afterEach(async () => {
    const app = appOfTest;
    appOfTest = undefined;
    failIfUnawaited((await app?.close()) ?? []);
  });
  hooks.afterAll?.(() => environment.close());

  const withApp = async <T>(run: (app: TestApp) => Promise<T>): Promise<T> => {
    const app = await TestApp.open(await environment.open());
    let unawaited: string[] = [];
    try {
      return await appsOfWithApp.run(app, () => run(app));
    } finally {
      unawaited = await app.close();
      failIfUnawaited(unawaited);
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

function failIfUnawaited(unawaited: string[]): void {
  if (unawaited.length > 0) {
    throw new Error(
      `The test ended before ${unawaited.join(', ')} had completed: an await is missing.`,
    );
  }
}
