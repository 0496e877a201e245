import {AsyncLocalStorage} from 'node:async_hooks';

import {StorageError} from '../errors.js';
import {type Call, describeCall, detailsOf} from '../store/call.js';
import type {TestApp} from './testApp.js';

/** Determines the app that a call is for: that of the surrounding `withApp`, otherwise that of the running test. */
export class CurrentApp {
  readonly #appsOfWithApp = new AsyncLocalStorage<TestApp>();
  readonly #appsOfTests: TestApp[] = [];
  #starting = 0;
  #areTestsConcurrent = false;
  #ambiguousCall: StorageError | undefined;

  /** Calls `run` with an app of its own. */
  run<T>(app: TestApp, run: () => T): T {
    return this.#appsOfWithApp.run(app, run);
  }

  /** Opens the app of a test that starts. */
  async testStarts(open: () => Promise<TestApp>): Promise<void> {
    this.#starting++;
    this.#areTestsConcurrent ||= this.#starting + this.#appsOfTests.length > 1;
    try {
      this.#appsOfTests.push(await open());
    } finally {
      this.#starting--;
    }
  }

  /** Closes the app of a test that has ended. Throws if a call could not be assigned to one of several concurrent tests. */
  async testEnds(close: (app: TestApp) => Promise<void>): Promise<void> {
    // With concurrent tests this may be the app of another one: no call reaches it, so they are interchangeable.
    const app = this.#appsOfTests.shift();
    this.#areTestsConcurrent &&= this.isTestRunning;
    const ambiguousCall = this.#ambiguousCall;
    this.#ambiguousCall = undefined;
    if (app !== undefined) {
      await close(app);
    }
    if (ambiguousCall !== undefined) {
      throw ambiguousCall;
    }
  }

  get isTestRunning(): boolean {
    return this.#starting + this.#appsOfTests.length > 0;
  }

  /** The app, or undefined if no test is running or concurrent tests do not use `withApp`. */
  find(): TestApp | undefined {
    return this.#appsOfWithApp.getStore() ?? (this.#areTestsConcurrent ? undefined : this.#appsOfTests[0]);
  }

  /** The app that a call, or an access to a test control, is for. Throws if there is none. */
  get(call?: Call): TestApp {
    const app = this.find();
    if (app !== undefined) {
      return app;
    }
    if (!this.#areTestsConcurrent) {
      throw noTestIsRunning(call);
    }
    this.#ambiguousCall ??= severalTestsAreRunning(call);
    throw this.#ambiguousCall;
  }
}

function noTestIsRunning(call: Call | undefined): StorageError {
  return new StorageError(
    'unavailable',
    `${nameOf(call)} was called while no test is running. A test has an app from its beforeEach to its afterEach. Possible` +
      ' causes: an await is missing in a test that has ended; the call is in beforeAll, in afterAll or outside of all' +
      ' tests; the test is concurrent (test.concurrent, describe.concurrent), then wrap it in stowage.withApp(…). Nothing' +
      ' was done.',
    call === undefined ? {} : detailsOf(call),
  );
}

function severalTestsAreRunning(call: Call | undefined): StorageError {
  return new StorageError(
    'unavailable',
    `${nameOf(call)} was called while several tests are running (test.concurrent, describe.concurrent, concurrency), so` +
      ' its app is not known. Wrap each concurrent test in stowage.withApp(async (app) => {…}). Nothing was done.',
    call === undefined ? {} : detailsOf(call),
  );
}

function nameOf(call: Call | undefined): string {
  return call === undefined ? 'A test control' : describeCall(call);
}
