import type {Sdk} from '../sdk.js';
import {setClassesOf} from '../sdk.js';
import type {StoreName, Stores} from '../stores.js';
import {BaseStore} from './baseStore.js';
import type {Transport} from './call.js';
import {KeyValueStore} from './keyValueStore.js';
import type {StoreConfig} from './recordStore.js';
import {checkNotInsideUpdater} from './updaterContext.js';

/** All operations but those that only read. */
const WRITES = [
  ...['put', 'patch', 'delete', 'increment', 'incrementMulti', 'shift', 'shiftMulti', 'unshift', 'unshiftMulti'],
  ...['append', 'appendMulti', 'addNumber', 'addNumberMulti', 'removeNumber', 'removeNumberMulti'],
  ...['addString', 'addStringMulti', 'removeString', 'removeStringMulti'],
] as const;

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
    settings: createStore(BaseStore, storeConfig('settings', config), sdk.LocalStore),
    secrets: createStore(BaseStore, storeConfig('secrets', config), sdk.LocalStore),
    kvStore: createStore(KeyValueStore, storeConfig('kvStore', config), sdk.LocalKVStore),
    sharedKvStore: createStore(KeyValueStore, storeConfig('sharedKvStore', config), sdk.LocalKVStore),
  };
}

function createStore<T extends BaseStore | KeyValueStore>(
  type: new (config: StoreConfig) => T,
  config: StoreConfig,
  local: {readonly prototype: object} | undefined,
): T {
  return withPrototypeOf(withCheckedWrites(new type(config), config), local);
}

/**
 * Makes the writing methods throw inside an updater of the same record. They throw and do not reject, because an updater is
 * synchronous: it cannot await, so nobody would handle the rejection.
 */
function withCheckedWrites<T extends object>(store: T, config: StoreConfig): T {
  for (const name of WRITES) {
    const method: unknown = Reflect.get(store, name);
    if (typeof method === 'function') {
      const value = (key: string, ...rest: unknown[]): unknown => {
        checkNotInsideUpdater({store: config.name, operation: name, key}, config.partition);
        return Reflect.apply(method, store, [key, ...rest]);
      };
      Object.defineProperty(store, name, {value, writable: true, configurable: true});
    }
  }
  return store;
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
