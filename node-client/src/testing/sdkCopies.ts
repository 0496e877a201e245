import {createRequire} from 'node:module';

import type {Sdk} from '../sdk.js';

type Exports = Sdk & {readonly storage?: object};

/** What this needs of Jest's `jest` object. */
interface JestObject {
  doMock(path: string, factory: () => unknown): void;
  requireActual(path: string): unknown;
}

/**
 * The copies of the platform's SDK that are loaded in this process. Each has its own stores, so each must be attached: the
 * copy of the app, that of a library with its own dependency, and those that are loaded after `jest.resetModules()`.
 */
export class SdkCopies {
  readonly #attach: (copy: Sdk) => void;
  readonly #attached = new WeakSet();
  readonly #mocked = new Set<string>();
  readonly #require = createRequire(__filename);

  constructor(attach: (copy: Sdk) => void) {
    this.#attach = attach;
  }

  /** Attaches a copy, unless it is attached. */
  attach(copy: Sdk): void {
    // Compilers may give each importing module another namespace object, but all have the same `storage`.
    const identity = (copy as Exports).storage ?? copy;
    if (!this.#attached.has(identity)) {
      this.#attached.add(identity);
      this.#attach(copy);
    }
  }

  /** Attaches all copies in the module cache. Returns the paths of those that were not attached. */
  attachLoaded(): string[] {
    const cache = this.#require.cache;
    const found: string[] = [];
    for (const path of Object.keys(cache)) {
      const exports: unknown = cache[path]?.exports;
      if (isSdk(exports)) {
        if (!this.#attached.has(exports.storage)) {
          found.push(path);
          this.attach(exports);
        }
        this.#attachWhenReloaded(path);
      }
    }
    return found;
  }

  /** Attaches the copies that Jest loads from this path after `resetModules` or in `isolateModules`. */
  #attachWhenReloaded(path: string): void {
    const jest = this.#mocked.has(path) ? undefined : this.#jest();
    if (jest !== undefined) {
      this.#mocked.add(path);
      // The factory of an explicit mock stays registered when the modules are reset.
      jest.doMock(path, () => {
        const copy = jest.requireActual(path);
        if (isSdk(copy)) {
          this.attach(copy);
        }
        return copy;
      });
    }
  }

  #jest(): JestObject | undefined {
    if (process.env['JEST_WORKER_ID'] === undefined) {
      return undefined;
    }
    try {
      return (this.#require('@jest/globals') as {jest: JestObject}).jest;
    } catch {
      // Another framework that sets the variable.
      return undefined;
    }
  }
}

function isSdk(exports: unknown): exports is Sdk & {readonly storage: object} {
  return (
    typeof exports === 'object' &&
    exports !== null &&
    // Not a read access, which could run a getter of an unrelated module.
    ['initializeStores', 'resetLocalStores', 'storage'].every((name) => Object.hasOwn(exports, name))
  );
}
