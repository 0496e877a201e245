import type {
  KVHash,
  KVPatchUpdater,
  KVRowOptions,
  MultiValue,
  NumberSet,
  PatchUpdater,
  StringSet,
  Value,
  ValueHash,
} from './values.js';

export type StoreName = 'secrets' | 'settings' | 'kvStore' | 'sharedKvStore';

/** The interface of `secrets` and `settings`. Each operation is atomic on one record and rejects with a `StorageError`. */
export interface BaseKVStore {
  /** Returns the record, or those of the given fields that exist; `{}` if there is none (GET-1, GET-2). */
  get<T extends ValueHash>(key: string, fields?: string[]): Promise<T>;
  /** Replaces the record (PUT-1, PUT-2). */
  put<T extends ValueHash>(key: string, value: T): Promise<true>;
  /** Replaces the record by the result of the updater. Concurrent writes are not lost (PATCH-3 to PATCH-5). */
  patch<T extends ValueHash>(key: string, updater: PatchUpdater<T>): Promise<T>;
  /** Writes the given fields and keeps the others. Returns the whole previous record (PATCH-1, PATCH-2). */
  patch<T extends ValueHash>(key: string, value: T): Promise<T>;
  /** Removes the record, or some of its fields (DEL-1 to DEL-3). */
  delete(key: string, fields?: string[]): Promise<true>;
  /** Returns whether the record was written and neither deleted nor expired since (EXISTS-1). */
  exists(key: string): Promise<boolean>;
}

/**
 * The interface of `kvStore` and `sharedKvStore`: as the base stores, with a ttl, numbers, lists and sets. Each operation
 * is atomic on one record and rejects with a `StorageError`.
 */
export interface KVStore {
  get<T extends KVHash>(key: string, fields?: string[]): Promise<T>;
  /** Replaces the record and its expiry; returns the previous record (PUT-2, TTL-4). */
  put<T extends KVHash>(key: string, value: T, options?: KVRowOptions): Promise<T>;
  /** The updater may change `options.ttl`. If it does not, the ttl of the `options` parameter applies (TTL-6). */
  patch<T extends KVHash>(key: string, updater: KVPatchUpdater<T>, options?: KVRowOptions): Promise<T>;
  /** As in the base stores. Without `ttl` the expiry stays; `ttl: undefined` removes it (TTL-5). */
  patch<T extends KVHash>(key: string, value: T, options?: KVRowOptions): Promise<T>;
  /** Removes the record, or some of its fields. Returns what was removed (DEL-1, DEL-2). */
  delete<T extends KVHash>(key: string, fields?: string[]): Promise<T>;
  exists(key: string): Promise<boolean>;

  /** Adds to a number (default: 1). Returns the new number (INC-1 to INC-3). */
  increment(key: string, field: string, amount?: number, options?: KVRowOptions): Promise<number>;
  /** Adds to several numbers, all or none (INC-4). */
  incrementMulti(key: string, amounts: MultiValue<number>, options?: KVRowOptions): Promise<MultiValue<number>>;

  /** Removes and returns the first element; `undefined` if there is none (LIST-3). */
  shift<T extends Value>(key: string, field: string): Promise<T | undefined>;
  /** Removes and returns up to the given number of elements from the front of each list (LIST-4). */
  shiftMulti<T extends Value>(key: string, counts: MultiValue<number>): Promise<MultiValue<T[]>>;
  /** Adds at the front (LIST-1). */
  unshift<T extends Value>(key: string, field: string, value: T): Promise<void>;
  unshiftMulti<T extends Value>(key: string, values: MultiValue<T[]>): Promise<void>;
  /** Returns the first element without removing it; `undefined` if there is none or no list (LIST-5). */
  peek<T extends Value>(key: string, field: string): Promise<T | undefined>;
  peekMulti<T extends Value>(key: string, counts: MultiValue<number>): Promise<MultiValue<T[]>>;
  /** Adds at the end (LIST-1). */
  append<T extends Value>(key: string, field: string, value: T): Promise<void>;
  appendMulti<T extends Value>(key: string, values: MultiValue<T[]>): Promise<void>;

  /** Adds a number to a set. Returns whether it was new (SET-1). */
  addNumber(key: string, field: string, value: number): Promise<boolean>;
  /** Adds numbers to sets. Returns those that were new (SET-2). */
  addNumberMulti(key: string, values: MultiValue<number[]>): Promise<MultiValue<NumberSet>>;
  /** Removes a number from a set. Returns whether it was a member (SET-3). */
  removeNumber(key: string, field: string, value: number): Promise<boolean>;
  removeNumberMulti(key: string, values: MultiValue<number[]>): Promise<MultiValue<NumberSet>>;
  /** Returns whether the number is a member (SET-4). */
  hasNumber(key: string, field: string, value: number): Promise<boolean>;
  hasNumberMulti(key: string, values: MultiValue<number[]>): Promise<MultiValue<NumberSet>>;

  addString(key: string, field: string, value: string): Promise<boolean>;
  addStringMulti(key: string, values: MultiValue<string[]>): Promise<MultiValue<StringSet>>;
  removeString(key: string, field: string, value: string): Promise<boolean>;
  removeStringMulti(key: string, values: MultiValue<string[]>): Promise<MultiValue<StringSet>>;
  hasString(key: string, field: string, value: string): Promise<boolean>;
  hasStringMulti(key: string, values: MultiValue<string[]>): Promise<MultiValue<StringSet>>;
}

/** The four stores, as the parameter of the SDK's `initializeStores`. */
export interface Stores {
  readonly settings: BaseKVStore;
  readonly secrets: BaseKVStore;
  readonly kvStore: KVStore;
  readonly sharedKvStore: KVStore;
}
