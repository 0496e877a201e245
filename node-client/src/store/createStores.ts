import type {Sdk} from '../sdk.js';
import {setClassesOf} from '../sdk.js';
import type {StoreName, Stores} from '../stores.js';
import {BaseStore} from './baseStore.js';
import type {Transport} from './call.js';
import {KeyValueStore} from './keyValueStore.js';
import type {StoreConfig} from './recordStore.js';

/** The configuration that the four stores share. */
export interface StoresConfig {
  readonly transport: Transport;
  readonly sdk: Sdk;
  readonly patchTimeoutMs: number;
  /** Identifies the owner of the records that a call to this store reaches now. */
  readonly partition: (store: StoreName) => string;
  /** Empties a store. */
  readonly clear: (store: StoreName) => Promise<void>;
}

/** Creates the four stores on any transport. */
export function createStores(config: StoresConfig): Stores {
  const {sdk} = config;
  return {
    settings: withPrototypeOf(new BaseStore(storeConfig('settings', config)), sdk.LocalStore),
    secrets: withPrototypeOf(new BaseStore(storeConfig('secrets', config)), sdk.LocalStore),
    kvStore: withPrototypeOf(new KeyValueStore(storeConfig('kvStore', config)), sdk.LocalKVStore),
    sharedKvStore: withPrototypeOf(new KeyValueStore(storeConfig('sharedKvStore', config)), sdk.LocalKVStore),
  };
}

function storeConfig(name: StoreName, config: StoresConfig): StoreConfig {
  // reset() is synchronous in the SDK. So later calls wait until the store is empty, and reject if that failed.
  let pendingReset: Promise<void> | undefined;
  return {
    name,
    classes: setClassesOf(config.sdk),
    patchTimeoutMs: config.patchTimeoutMs,
    partition: () => config.partition(name),
    transport: async (call) => {
      if (pendingReset !== undefined) {
        await pendingReset;
      }
      return config.transport(call);
    },
    reset: () => {
      const earlier = pendingReset;
      const mine = (async () => {
        await earlier?.catch(() => undefined);
        await config.clear(name);
      })();
      pendingReset = mine;
      mine.then(
        () => {
          if (pendingReset === mine) {
            pendingReset = undefined;
          }
        },
        // The next call rejects with it.
        () => undefined,
      );
    },
  };
}

/**
 * Makes a store an instance of one of the SDK's local classes, because the SDK's `resetLocalStores()` accepts no others.
 * All methods of the store itself take precedence over those of the class.
 */
function withPrototypeOf<T extends object>(store: T, local: {readonly prototype: object} | undefined): T {
  if (local === undefined) {
    return store;
  }
  const methods = Object.create(local.prototype) as object;
  for (const link of prototypesOf(store).reverse()) {
    for (const [name, method] of Object.entries(Object.getOwnPropertyDescriptors(link))) {
      if (name !== 'constructor') {
        Object.defineProperty(methods, name, method);
      }
    }
  }
  return Object.setPrototypeOf(store, methods) as T;
}

function prototypesOf(store: object): object[] {
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
