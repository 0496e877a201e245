import {StorageError} from '../errors.js';
import type {KVRowOptions} from '../values.js';

/** The largest ttl, ten years in seconds (TTL-8). */
const MAX_SECONDS = 315_360_000;

/** What a write does with a record's expiry: keep it, remove it, or set it to a number of seconds from now. */
export type Ttl = 'keep' | 'none' | number;

/** Reads options: `keep` without a `ttl`, `none` if it is undefined or null (TTL-5). */
export function ttlOf(options: KVRowOptions | null | undefined): Ttl {
  if (options === undefined || options === null || !('ttl' in options)) {
    return 'keep';
  }
  return checked(options.ttl);
}

/** Compares the options after an updater with the ttl that it was given (TTL-6). */
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
      `The ttl must be a whole number of seconds from 1 to ${MAX_SECONDS}, but it was ` +
        `${typeof ttl === 'number' ? String(ttl) : `a ${typeof ttl}`}. (TTL-8)`,
    );
  }
  return ttl;
}

/** The parameters of a `put`. It removes the expiry by default. */
export function putParameters(ttl: Ttl): object {
  return typeof ttl === 'number' ? {ttl} : {};
}

/** The parameters of the `put` of an updater. An updater keeps the expiry by default. */
export function updaterParameters(ttl: Ttl): object {
  return ttl === 'keep' ? {keepTtl: true} : putParameters(ttl);
}

/** The parameters of `patch` and the increments. They keep the expiry by default. */
export function patchParameters(ttl: Ttl): object {
  return ttl === 'none' ? {ttl: null} : putParameters(ttl);
}
