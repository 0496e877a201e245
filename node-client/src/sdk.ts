import {createRequire} from 'node:module';
import {join} from 'node:path';

import {NumberSet, type SetClasses, StringSet} from './values.js';

/** What this package uses of the vendor's SDK, all of it optional: `import * as sdk from '@zaiusinc/app-sdk'` fits. */
export interface Sdk {
  readonly NumberSet?: SetClasses['NumberSet'];
  readonly StringSet?: SetClasses['StringSet'];
  // The SDK's own types would be in the way here: its stores go by structure, and its context has more than is needed.
  readonly getAppContext?: () => {readonly installId: number} | undefined;
  readonly initializeStores?: (stores: never) => void;
  readonly LocalStore?: {readonly prototype: object};
  readonly LocalKVStore?: {readonly prototype: object};
}

const PACKAGE = '@zaiusinc/app-sdk';

/** The app's own copy of the SDK: beside this package, or where the app was started; undefined where there is none. */
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

/** The SDK that was passed, or the one that is found; `false` is none at all. */
export function resolveSdk(given: Sdk | false | undefined): Sdk {
  return given === false ? {} : (given ?? findSdk() ?? {});
}

export function setClassesOf(sdk: Sdk): SetClasses {
  return {NumberSet: sdk.NumberSet ?? NumberSet, StringSet: sdk.StringSet ?? StringSet};
}
