import type {Install, JournalEntry} from '../control/types.js';
import {createStores} from '../store/createStores.js';
import type {Stores} from '../stores.js';
import {CurrentApp} from './currentApp.js';
import {type Hooks, hooksOf} from './hooks.js';
import {sweep, type SweepOptions, type SweepReport} from './sweep.js';
import {type Records, TestApp} from './testApp.js';
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
  const currentApp = new CurrentApp();

  const stores = createStores({
    sdk: environment.sdk,
    patchTimeoutMs: options.patchTimeoutMs ?? 30_000,
    partition: (store) => currentApp.get().partition(store),
    transport: async (call) => currentApp.get(call).execute(call),
    // Without a running test there is nothing to reset: each test starts with empty stores.
    reset: (store) => currentApp.find()?.reset(store),
  });
  environment.sdk.initializeStores?.(stores as never);

  const open = async (): Promise<TestApp> => TestApp.open(await environment.open());

  hooks.beforeEach(() => currentApp.testStarts(open));
  hooks.afterEach(() => currentApp.testEnds(close));
  hooks.afterAll?.(() => environment.close());

  const withApp = async <T>(run: (app: TestApp) => Promise<T>): Promise<T> => {
    const app = await open();
    try {
      return await currentApp.run(app, () => run(app));
    } finally {
      await close(app);
    }
  };

  return {
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
    journal: () => currentApp.get().journal(),
    records: (install) => currentApp.get().records(install),
    reinstall: () => currentApp.get().reinstall(),
    withApp,
    sweep: (run, sweepOptions) => sweep(withApp, run, sweepOptions),
  };
}

async function close(app: TestApp): Promise<void> {
  const unawaited = await app.close();
  if (unawaited.length > 0) {
    throw new Error(`The test ended before ${unawaited.join(', ')} had completed: an await is missing.`);
  }
}
