import type {ErrorDetails} from '../errors.js';
import type {StoreName} from '../stores.js';

/** One operation on one record, ready to be sent. */
export interface Call {
  readonly store: StoreName;
  readonly operation: string;
  readonly key: string;
  /** The request's body. */
  readonly body: string;
}

/** What a service answered to an operation. */
export interface Reply {
  /** The whole answer; parsed again, it makes another copy of the result. */
  readonly text: string;
  readonly hasResult: boolean;
  readonly result: unknown;
  readonly version: unknown;
  readonly ttl: unknown;
}

/** The way to the service. It rejects with a `StorageError` unless the operation was carried out. */
export type Transport = (call: Call) => Promise<Reply>;

/** For a message: `kvStore.put of 'lock'`. */
export function placeOf(call: Call): string {
  return `${call.store}.${call.operation} of '${call.key}'`;
}

export function detailsOf(call: Call): ErrorDetails {
  return {store: call.store, operation: call.operation, key: call.key};
}
