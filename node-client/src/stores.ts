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

/** `secrets` and `settings`: five operations, each one atomic step on one record. They reject with a `StorageError`. */
export interface BaseKVStore {
  /** The record, or those of its fields that exist; `{}` where there is nothing (GET-1, GET-2). */
  get<T extends ValueHash>(key: string, fields?: string[]): Promise<T>;
  /** Replaces the record (PUT-1, PUT-2). */
  put<T extends ValueHash>(key: string, value: T): Promise<true>;
  /** Replaces the record by what the updater makes of it, whoever else writes (PATCH-3 to PATCH-5). */
  patch<T extends ValueHash>(key: string, updater: PatchUpdater<T>): Promise<T>;
  /** Writes some fields and leaves the others; answers the whole record from before (PATCH-1, PATCH-2). */
  patch<T extends ValueHash>(key: string, value: T): Promise<T>;
  /** Removes the record, or some of its fields (DEL-1 to DEL-3). */
  delete(key: string, fields?: string[]): Promise<true>;
  /** Whether the record was written and neither deleted nor expired (EXISTS-1). */
  exists(key: string): Promise<boolean>;
}

/** `kvStore` and `sharedKvStore`: the five with a ttl, numbers, lists and sets. They reject with a `StorageError`. */
export interface KVStore {
  get<T extends KVHash>(key: string, fields?: string[]): Promise<T>;
  /** Replaces the record and its expiry; answers the previous record (PUT-2, TTL-4). */
  put<T extends KVHash>(key: string, value: T, options?: KVRowOptions): Promise<T>;
  /** The updater may change `options.ttl`; options given here apply where it does not (TTL-6). */
  patch<T extends KVHash>(key: string, updater: KVPatchUpdater<T>, options?: KVRowOptions): Promise<T>;
  /** As in the base stores. Without `ttl` the expiry stays, with `ttl: undefined` it goes (TTL-5). */
  patch<T extends KVHash>(key: string, value: T, options?: KVRowOptions): Promise<T>;
  /** Answers what was deleted (DEL-1, DEL-2). */
  delete<T extends KVHash>(key: string, fields?: string[]): Promise<T>;
  exists(key: string): Promise<boolean>;

  /** Adds to a number, 1 unless told; answers the number after it (INC-1 to INC-3). */
  increment(key: string, field: string, amount?: number, options?: KVRowOptions): Promise<number>;
  /** All or nothing (INC-4). */
  incrementMulti(key: string, amounts: MultiValue<number>, options?: KVRowOptions): Promise<MultiValue<number>>;

  /** Takes the first element; `undefined` where there is none (LIST-3). */
  shift<T extends Value>(key: string, field: string): Promise<T | undefined>;
  /** Takes up to so many from the front of each list (LIST-4). */
  shiftMulti<T extends Value>(key: string, counts: MultiValue<number>): Promise<MultiValue<T[]>>;
  /** Adds at the front (LIST-1). */
  unshift<T extends Value>(key: string, field: string, value: T): Promise<void>;
  unshiftMulti<T extends Value>(key: string, values: MultiValue<T[]>): Promise<void>;
  /** The first element, which stays; `undefined` where there is none or no list (LIST-5). */
  peek<T extends Value>(key: string, field: string): Promise<T | undefined>;
  peekMulti<T extends Value>(key: string, counts: MultiValue<number>): Promise<MultiValue<T[]>>;
  /** Adds at the end (LIST-1). */
  append<T extends Value>(key: string, field: string, value: T): Promise<void>;
  appendMulti<T extends Value>(key: string, values: MultiValue<T[]>): Promise<void>;

  /** Whether the number is new to the set (SET-1). */
  addNumber(key: string, field: string, value: number): Promise<boolean>;
  /** Which of the numbers are new (SET-2). */
  addNumberMulti(key: string, values: MultiValue<number[]>): Promise<MultiValue<NumberSet>>;
  /** Whether the number was a member; it no longer is (SET-3). */
  removeNumber(key: string, field: string, value: number): Promise<boolean>;
  removeNumberMulti(key: string, values: MultiValue<number[]>): Promise<MultiValue<NumberSet>>;
  /** Whether the number is a member (SET-4). */
  hasNumber(key: string, field: string, value: number): Promise<boolean>;
  hasNumberMulti(key: string, values: MultiValue<number[]>): Promise<MultiValue<NumberSet>>;

  addString(key: string, field: string, value: string): Promise<boolean>;
  addStringMulti(key: string, values: MultiValue<string[]>): Promise<MultiValue<StringSet>>;
  removeString(key: string, field: string, value: string): Promise<boolean>;
  removeStringMulti(key: string, values: MultiValue<string[]>): Promise<MultiValue<StringSet>>;
  hasString(key: string, field: string, value: string): Promise<boolean>;
  hasStringMulti(key: string, values: MultiValue<string[]>): Promise<MultiValue<StringSet>>;
}

/** The four objects that the SDK's `initializeStores` takes. */
export interface Stores {
  readonly settings: BaseKVStore;
  readonly secrets: BaseKVStore;
  readonly kvStore: KVStore;
  readonly sharedKvStore: KVStore;
}
