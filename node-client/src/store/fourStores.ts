import type {Sdk} from '../sdk.js';
import {setClassesOf} from '../sdk.js';
import type {StoreName, Stores} from '../stores.js';
import {BaseStore} from './baseStore.js';
import type {Transport} from './call.js';
import {KeyValueStore} from './keyValueStore.js';
import type {StoreParts} from './recordStore.js';

/** What the four stores have in common. */
export interface StoresParts {
  readonly transport: Transport;
  readonly sdk: Sdk;
  readonly patchTimeoutMs: number;
  /** Whose records a call to a store reaches now. */
  readonly partition: (store: StoreName) => string;
  /** Empties a store. */
  readonly clear: (store: StoreName) => Promise<void>;
}

/** The four stores over any transport. */
export function fourStores(parts: StoresParts): Stores {
  const {sdk} = parts;
  return {
    settings: inTheLookOf(new BaseStore(storeParts('settings', parts)), sdk.LocalStore),
    secrets: inTheLookOf(new BaseStore(storeParts('secrets', parts)), sdk.LocalStore),
    kvStore: inTheLookOf(new KeyValueStore(storeParts('kvStore', parts)), sdk.LocalKVStore),
    sharedKvStore: inTheLookOf(new KeyValueStore(storeParts('sharedKvStore', parts)), sdk.LocalKVStore),
  };
}

function storeParts(name: StoreName, parts: StoresParts): StoreParts {
  // reset() is synchronous in the SDK, so it stands in line: what is called after it waits for it, and hears of its failure.
  let cleared: Promise<void> | undefined;
  return {
    name,
    classes: setClassesOf(parts.sdk),
    patchTimeoutMs: parts.patchTimeoutMs,
    partition: () => parts.partition(name),
    transport: async (call) => {
      if (cleared !== undefined) {
        await cleared;
      }
      return parts.transport(call);
    },
    reset: () => {
      const earlier = cleared;
      const mine = (async () => {
        await earlier?.catch(() => undefined);
        await parts.clear(name);
      })();
      cleared = mine;
      mine.then(
        () => {
          if (cleared === mine) {
            cleared = undefined;
          }
        },
        // The next call tells.
        () => undefined,
      );
    },
  };
}

/**
 * The SDK's `resetLocalStores()` resets nothing but instances of its own local classes. So a store has such a class in its
 * chain, behind methods that are all its own.
 */
function inTheLookOf<T extends object>(store: T, local: {readonly prototype: object} | undefined): T {
  if (local === undefined) {
    return store;
  }
  const methods = Object.create(local.prototype) as object;
  for (const link of chainOf(store).reverse()) {
    for (const [name, method] of Object.entries(Object.getOwnPropertyDescriptors(link))) {
      if (name !== 'constructor') {
        Object.defineProperty(methods, name, method);
      }
    }
  }
  return Object.setPrototypeOf(store, methods) as T;
}

function chainOf(store: object): object[] {
  const chain: object[] = [];
  for (
    let link = Object.getPrototypeOf(store) as object;
    link !== Object.prototype;
    link = Object.getPrototypeOf(link) as object
  ) {
    chain.push(link);
  }
  return chain;
}
