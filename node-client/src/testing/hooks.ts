import {createRequire} from 'node:module';

/** A hook function of node:test, Vitest or Jest. */
export type Hook = (run: () => Promise<void>) => unknown;

export interface Hooks {
  readonly beforeEach: Hook;
  readonly afterEach: Hook;
  /** `afterAll` of Jest and Vitest, `after` of node:test. */
  readonly afterAll?: Hook;
}

/** The timeout of the hooks. Starting an emulator on a busy machine may take longer than the frameworks' default. */
const HOOK_TIMEOUT_MS = 120_000;

/** Returns the hooks that were passed, or the framework's globals. */
export function hooksOf(given: Partial<Hooks>): Hooks {
  const globals = globalThis as Partial<Hooks>;
  const beforeEach = given.beforeEach ?? globals.beforeEach;
  const afterEach = given.afterEach ?? globals.afterEach;
  const afterAll = given.afterAll ?? globals.afterAll;
  if (beforeEach === undefined || afterEach === undefined) {
    throw new TypeError(
      'eachTest needs the hooks of the test framework, and they are not global variables here. Import them from' +
        " 'node:test' or 'vitest' and pass them: eachTest({beforeEach, afterEach}).",
    );
  }
  return {
    beforeEach: withTimeout(beforeEach),
    afterEach: withTimeout(afterEach),
    ...(afterAll === undefined ? {} : {afterAll: withTimeout(afterAll)}),
  };
}

/** Passes the timeout to Jest's and Vitest's hooks. Those of node:test take another parameter and have no limit by default. */
function withTimeout(hook: Hook): Hook {
  return isOfNodeTest(hook)
    ? hook
    : (run) => (hook as (run: () => Promise<void>, timeout: number) => unknown)(run, HOOK_TIMEOUT_MS);
}

function isOfNodeTest(hook: Hook): boolean {
  try {
    return Object.values(createRequire(__filename)('node:test') as object).includes(hook);
  } catch {
    // Jest cannot load 'node:test'.
    return false;
  }
}
