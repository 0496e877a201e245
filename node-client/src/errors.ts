import {types} from 'node:util';

/** All error codes. CONTRACT.md, chapter 11, defines them. */
export const ERROR_CODES = [
  'invalid_request',
  'invalid_key',
  'invalid_value',
  'wrong_type',
  'record_too_large',
  'unauthenticated',
  'install_revoked',
  'no_install_context',
  'not_found',
  'version_conflict',
  'throttled',
  'unavailable',
  'internal',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** Details of an error, with the names of the wire protocol. Unknown ones are absent. */
export interface ErrorDetails {
  /** The HTTP status. Absent without a response. */
  status?: number;
  store?: string;
  operation?: string;
  key?: string;
  field?: string;
  limit?: number;
  size?: number;
  currentVersion?: number;
  retryAfterSeconds?: number;
}

/**
 * The error that every failed operation rejects with. Decide by its `code`; the message is for people and may change. A
 * refused operation has changed nothing (ERR-1). An operation that failed with `unavailable` may have been carried out;
 * the message says if so.
 */
export class StorageError extends Error {
  readonly code: ErrorCode;
  declare readonly status?: number;
  declare readonly store?: string;
  declare readonly operation?: string;
  declare readonly key?: string;
  declare readonly field?: string;
  declare readonly limit?: number;
  declare readonly size?: number;
  declare readonly currentVersion?: number;
  declare readonly retryAfterSeconds?: number;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : {cause});
    this.name = 'StorageError';
    this.code = code;
    Object.assign(this, details);
  }

  /** Also true for errors of another copy of this package, as test frameworks load it after a reset of their modules. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return types.isNativeError(value) && value.name === 'StorageError' && isErrorCode((value as {code?: unknown}).code);
  }
}

export function isErrorCode(code: unknown): code is ErrorCode {
  return ERROR_CODES.includes(code as ErrorCode);
}
