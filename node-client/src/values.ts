/*
 * The shapes that app code passes and gets. They are those of the vendor's SDK by structure, so that the stores of this
 * package go where the SDK wants its own; whoever has no SDK programs against these.
 */

/** What any store holds in a field (VAL-2). */
export type Value = string | number | boolean | null | ValueHash;

/** A record of `settings` and `secrets`. A field that is `undefined` is not stored (VAL-7). */
export interface ValueHash {
  [field: string]: Value | Value[] | undefined;
}

/** What the key-value stores hold in a field (VAL-3). */
export type KVValue = Value | NumberSet | StringSet;

/** A record of `kvStore` and `sharedKvStore`. */
export interface KVHash {
  [field: string]: KVValue | KVValue[] | undefined;
}

/** Something for each field that a Multi operation names. */
export interface MultiValue<T> {
  [field: string]: T;
}

/** How long a record lives, in whole seconds. `{ttl: undefined}` is not `{}`: it removes what there is (TTL-5). */
export interface KVRowOptions {
  ttl?: number | undefined;
}

/** From the current record (`{}` if there is none) to the next. Runs in the app, at once, and again when others were faster. */
export type PatchUpdater<T = ValueHash> = (previous: T) => T;

/** The same, with the remaining ttl in its hands (TTL-6). */
export type KVPatchUpdater<T extends KVHash = KVHash> = (previous: T, options: KVRowOptions) => T;

/** Numbers without order or duplicates. An app that has the SDK gets the SDK's class of this name instead. */
export class NumberSet extends Set<number> {}

/** Strings without order or duplicates. An app that has the SDK gets the SDK's class of this name instead. */
export class StringSet extends Set<string> {}

/** The classes of the sets that an app gets and passes. */
export interface SetClasses {
  NumberSet: new (members?: Iterable<number> | null) => Set<number>;
  StringSet: new (members?: Iterable<string> | null) => Set<string>;
}
