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
  /** Starts to empty a store. The next call to it must wait for that. */
  readonly reset: (store: StoreName) => void;
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
  return {
    name,
    classes: setClassesOf(config.sdk),
    patchTimeoutMs: config.patchTimeoutMs,
    partition: () => config.partition(name),
    transport: config.transport,
    reset: () => {
      config.reset(name);
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
