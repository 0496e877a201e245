import {createRequire} from 'node:module';
import {join} from 'node:path';

import {NumberSet, type SetClasses, StringSet} from './values.js';

/** What this package uses of the platform's SDK, all of it optional: pass `import * as sdk from '@zaiusinc/app-sdk'`. */
export interface Sdk {
  readonly NumberSet?: SetClasses['NumberSet'];
  readonly StringSet?: SetClasses['StringSet'];
  // Structural types, not the SDK's own: only these members of its stores and its context are needed.
  readonly getAppContext?: () => {readonly installId: number} | undefined;
  readonly initializeStores?: (stores: never) => void;
  readonly LocalStore?: {readonly prototype: object};
  readonly LocalKVStore?: {readonly prototype: object};
}

const PACKAGE = '@zaiusinc/app-sdk';

/** Resolves the SDK from this package, then from the working directory. Undefined if it is not installed. */
export function findSdk(): Sdk | undefined {
  for (const from of [__filename, join(process.cwd(), 'package.json')]) {
    try {
      return createRequire(from)(PACKAGE) as Sdk;
    } catch (problem) {
      if ((problem as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') {
        throw problem;
      }
    }
  }
  return undefined;
}

/** Returns the SDK that was passed, or resolves it. `false`: no SDK. */
export function resolveSdk(given: Sdk | false | undefined): Sdk {
  return given === false ? {} : given === undefined ? (findSdk() ?? {}) : exportsOf(given);
}

/**
 * Returns the exports of a module. In an ES module, `import * as sdk` of a CommonJS module may lack some of them; its `default`
 * has them all.
 */
export function exportsOf(sdk: Sdk & {readonly default?: Sdk}): Sdk {
  return sdk.initializeStores === undefined && sdk.default?.initializeStores !== undefined ? sdk.default : sdk;
}

export function setClassesOf(sdk: Sdk): SetClasses {
  return {NumberSet: sdk.NumberSet ?? NumberSet, StringSet: sdk.StringSet ?? StringSet};
}
