import {createRequire} from 'node:module';

/** A test framework's hook: node:test's, Vitest's or Jest's. */
export type Hook = (run: () => Promise<void>) => unknown;

export interface Hooks {
  readonly beforeEach: Hook;
  readonly afterEach: Hook;
  /** Jest's and Vitest's `afterAll`, node:test's `after`. */
  readonly afterAll?: Hook;
}

/** Starting an emulator on a busy machine may take longer than a hook usually may. */
const HOOK_TIMEOUT_MS = 120_000;

/** The hooks that are passed, or the framework's globals. */
export function hooksOf(given: Partial<Hooks>): Hooks {
  const globals = globalThis as Partial<Hooks>;
  const beforeEach = given.beforeEach ?? globals.beforeEach;
  const afterEach = given.afterEach ?? globals.afterEach;
  const afterAll = given.afterAll ?? globals.afterAll;
  if (beforeEach === undefined || afterEach === undefined) {
    throw new TypeError(
      'eachTest needs the hooks of the test framework: they are no globals here, so pass them, as in' +
        " eachTest({beforeEach, afterEach}) with those of 'node:test' or 'vitest'.",
    );
  }
  return {
    beforeEach: patient(beforeEach),
    afterEach: patient(afterEach),
    ...(afterAll === undefined ? {} : {afterAll: patient(afterAll)}),
  };
}

/** The frameworks want the time that a hook may take as a number; node:test wants an object, and has no limit without. */
function patient(hook: Hook): Hook {
  return isOfNodeTest(hook)
    ? hook
    : (run) => (hook as (run: () => Promise<void>, timeout: number) => unknown)(run, HOOK_TIMEOUT_MS);
}

function isOfNodeTest(hook: Hook): boolean {
  try {
    return Object.values(createRequire(__filename)('node:test') as object).includes(hook);
  } catch {
    // Jest, which has no such module to offer.
    return false;
  }
}
