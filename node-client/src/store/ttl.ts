import {StorageError} from '../errors.js';
import type {KVRowOptions} from '../values.js';

/** TTL-8, in seconds: ten years. */
const MAX_SECONDS = 315_360_000;

/** What a write does with a record's expiry: leave it, remove it, or (re)start it with so many seconds. */
export type Ttl = 'keep' | 'none' | number;

/** What options say: nothing without a `ttl`, "remove it" with one that is undefined or null (TTL-5). */
export function ttlOf(options: KVRowOptions | null | undefined): Ttl {
  if (options === undefined || options === null || !('ttl' in options)) {
    return 'keep';
  }
  return checked(options.ttl);
}

/** What an updater did with the ttl in its hands (TTL-6). */
export function ttlAfter(options: KVRowOptions, given: number | undefined): Ttl {
  return options.ttl === given ? 'keep' : checked(options.ttl);
}

function checked(ttl: unknown): Ttl {
  if (ttl === undefined || ttl === null) {
    return 'none';
  }
  if (typeof ttl !== 'number' || !Number.isInteger(ttl) || ttl < 1 || ttl > MAX_SECONDS) {
    throw new StorageError(
      'invalid_request',
      `A ttl of ${typeof ttl === 'number' ? `${ttl} s` : `type ${typeof ttl}`} was asked for; it must be a whole number` +
        ` of seconds from 1 to ${MAX_SECONDS}. (TTL-8)`,
    );
  }
  return ttl;
}

/** The members of a `put`, which removes the expiry unless told. */
export function putMembers(ttl: Ttl): object {
  return typeof ttl === 'number' ? {ttl} : {};
}

/** The members of a `put` that stands for an updater, which keeps the expiry unless told. */
export function updaterMembers(ttl: Ttl): object {
  return ttl === 'keep' ? {keepTtl: true} : putMembers(ttl);
}

/** The members of `patch` and the increments, which keep the expiry unless told. */
export function patchMembers(ttl: Ttl): object {
  return ttl === 'none' ? {ttl: null} : putMembers(ttl);
}
