import type {ErrorDetails} from '../errors.js';
import type {StoreName} from '../stores.js';

/** One operation on one record, with its encoded request body. */
export interface Call {
  readonly store: StoreName;
  readonly operation: string;
  readonly key: string;
  /** The request's body. */
  readonly body: string;
}

/** The response to an operation. */
export interface Reply {
  /** The response body. Parsing it again gives another copy of the result. */
  readonly text: string;
  readonly hasResult: boolean;
  readonly result: unknown;
  readonly version: unknown;
  readonly ttl: unknown;
}

/** Sends a call to the service. Rejects with a `StorageError` if the operation fails. */
export type Transport = (call: Call) => Promise<Reply>;

/** The call in a message: `kvStore.put of 'lock'`. */
export function describeCall(call: Call): string {
  return `${call.store}.${call.operation} of '${call.key}'`;
}

export function detailsOf(call: Call): ErrorDetails {
  return {store: call.store, operation: call.operation, key: call.key};
}
