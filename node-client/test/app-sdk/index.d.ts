export type Value = string | number | boolean | null | ValueHash;
export interface ValueHash {
  [field: string]: Value | Value[] | undefined;
}
export class NumberSet extends Set<number> {}
export class StringSet extends Set<string> {}
export type KVValue = Value | NumberSet | StringSet;
export interface KVHash {
  [field: string]: KVValue | KVValue[] | undefined;
}
export interface KVRowOptions {
  ttl?: number;
}

export interface BaseKVStore<T = ValueHash, R = true> {
  get<V extends T>(key: string, fields?: string[]): Promise<V>;
  put<V extends T>(key: string, value: V): Promise<R extends T ? V : R>;
  patch<V extends T>(key: string, value: V): Promise<V>;
  patch<V extends T>(key: string, updater: (previous: V) => V): Promise<V>;
  delete<V extends T>(key: string, fields?: string[]): Promise<R extends T ? V : R>;
  exists(key: string): Promise<boolean>;
}

type Of<T> = Record<string, T>;

export interface KVStore extends BaseKVStore<KVHash, KVHash> {
  put<T extends KVHash>(key: string, value: T, options?: KVRowOptions): Promise<T>;
  patch<T extends KVHash>(key: string, value: T, options?: KVRowOptions): Promise<T>;
  patch<T extends KVHash>(
    key: string,
    updater: (previous: T, options: KVRowOptions) => T,
    options?: KVRowOptions,
  ): Promise<T>;
  increment(key: string, field: string, amount?: number, options?: KVRowOptions): Promise<number>;
  incrementMulti(key: string, amounts: Of<number>, options?: KVRowOptions): Promise<Of<number>>;
  shift<T extends Value>(key: string, field: string): Promise<T | undefined>;
  shiftMulti<T extends Value>(key: string, counts: Of<number>): Promise<Of<T[]>>;
  unshift<T extends Value>(key: string, field: string, value: T): Promise<void>;
  unshiftMulti<T extends Value>(key: string, values: Of<T[]>): Promise<void>;
  peek<T extends Value>(key: string, field: string): Promise<T | undefined>;
  peekMulti<T extends Value>(key: string, counts: Of<number>): Promise<Of<T[]>>;
  append<T extends Value>(key: string, field: string, value: T): Promise<void>;
  appendMulti<T extends Value>(key: string, values: Of<T[]>): Promise<void>;
  addNumber(key: string, field: string, value: number): Promise<boolean>;
  addNumberMulti(key: string, values: Of<number[]>): Promise<Of<NumberSet>>;
  removeNumber(key: string, field: string, value: number): Promise<boolean>;
  removeNumberMulti(key: string, values: Of<number[]>): Promise<Of<NumberSet>>;
  hasNumber(key: string, field: string, value: number): Promise<boolean>;
  hasNumberMulti(key: string, values: Of<number[]>): Promise<Of<NumberSet>>;
  addString(key: string, field: string, value: string): Promise<boolean>;
  addStringMulti(key: string, values: Of<string[]>): Promise<Of<StringSet>>;
  removeString(key: string, field: string, value: string): Promise<boolean>;
  removeStringMulti(key: string, values: Of<string[]>): Promise<Of<StringSet>>;
  hasString(key: string, field: string, value: string): Promise<boolean>;
  hasStringMulti(key: string, values: Of<string[]>): Promise<Of<StringSet>>;
}

export interface AppContext {
  manifest: unknown;
  trackerId: string;
  installId: number;
}

export class LocalStore {
  reset(): void;
}
export class LocalKVStore {
  reset(): void;
}
export const storage: {
  readonly settings: BaseKVStore;
  readonly secrets: BaseKVStore;
  readonly kvStore: KVStore;
  readonly sharedKvStore: KVStore;
};
export function initializeStores(stores: {
  settings: BaseKVStore;
  secrets: BaseKVStore;
  kvStore: KVStore;
  sharedKvStore: KVStore;
}): void;
export function resetLocalStores(): void;
export function setContext(context: AppContext): void;
export function getAppContext(): AppContext | undefined;
