import {createRequire} from 'node:module';

import {type EachTestOptions, eachTest, type Hook, type TestStorage} from '@stowage/client/testing';

import type * as Sdk from './app-sdk/index.js';

export type SdkCopy = typeof Sdk;

const load = createRequire(__filename);
const PATH = load.resolve('../../test/app-sdk');

/** Loads a new copy of the SDK, as a test framework does after its module registry was reset. */
export function newSdkCopy(): SdkCopy {
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- the key is a path
  delete load.cache[PATH];
  return load(PATH) as SdkCopy;
}

/** The hooks of a test framework, called by a test in the order that it wants to try. */
export class Framework {
  readonly sdk: SdkCopy;
  readonly stowage: TestStorage;
  readonly #hooks = {beforeEach: [] as (() => unknown)[], afterEach: [] as (() => unknown)[], afterAll: [] as (() => unknown)[]};

  constructor(options: Partial<EachTestOptions> = {}) {
    this.sdk = newSdkCopy();
    this.stowage = eachTest({
      beforeEach: this.register('beforeEach'),
      afterEach: this.register('afterEach'),
      afterAll: this.register('afterAll'),
      sdk: this.sdk,
      ...options,
    });
  }

  /** Returns the function that registers a hook. The hooks of `eachTest` are registered first and called first, as in Jest. */
  register(name: 'beforeEach' | 'afterEach' | 'afterAll'): Hook {
    return (run) => this.#hooks[name].push(run);
  }

  /** Runs one test with its hooks. The hooks after it run even if it fails, as in all frameworks. */
  async test(body: () => unknown): Promise<void> {
    await this.call('beforeEach');
    try {
      await body();
    } finally {
      await this.call('afterEach');
    }
  }

  async call(name: 'beforeEach' | 'afterEach' | 'afterAll'): Promise<void> {
    for (const hook of this.#hooks[name]) {
      await hook();
    }
  }
}
