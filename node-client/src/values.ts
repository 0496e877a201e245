/*
 * The types of the values that apps pass and get. They are structurally those of the platform's SDK, so that the stores of
 * this package can be passed to it. Apps without the SDK use these.
 */

/** A value that every store can hold in a field (VAL-2). */
export type Value = string | number | boolean | null | ValueHash;

/** A record of `settings` and `secrets`. A field that is `undefined` is not stored (VAL-7). */
export interface ValueHash {
  [field: string]: Value | Value[] | undefined;
}

/** A value that the key-value stores can hold in a field (VAL-3). */
export type KVValue = Value | NumberSet | StringSet;

/** A record of `kvStore` and `sharedKvStore`. */
export interface KVHash {
  [field: string]: KVValue | KVValue[] | undefined;
}

/** A value for each field of a Multi operation. */
export interface MultiValue<T> {
  [field: string]: T;
}

/** The time until a record expires, in whole seconds. `{ttl: undefined}` differs from `{}`: it removes the expiry (TTL-5). */
export interface KVRowOptions {
  ttl?: number | undefined;
}

/**
 * Returns the next record for the current one (`{}` if there is none). Must be synchronous. Is called again after a
 * conflict with another writer.
 */
export type PatchUpdater<T = ValueHash> = (previous: T) => T;

/** An updater that can also read and change the remaining ttl, as `options.ttl` (TTL-6). */
export type KVPatchUpdater<T extends KVHash = KVHash> = (previous: T, options: KVRowOptions) => T;

/** A set of numbers. Apps with the SDK get instances of the SDK's class of this name instead. */
export class NumberSet extends Set<number> {}

/** A set of strings. Apps with the SDK get instances of the SDK's class of this name instead. */
export class StringSet extends Set<string> {}

/** The classes of the sets in results. */
export interface SetClasses {
  NumberSet: new (members?: Iterable<number> | null) => Set<number>;
  StringSet: new (members?: Iterable<string> | null) => Set<string>;
}
