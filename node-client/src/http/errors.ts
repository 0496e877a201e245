import {type ErrorDetails, isErrorCode, StorageError} from '../errors.js';
import {VERSION} from '../version.js';
import {isObject} from '../wire/decode.js';
import type {HttpResponse} from './connection.js';
import {ConnectionFailure} from './connection.js';

/** The members of a problem document that an error takes over, and their types. */
const DETAILS = {
  store: 'string',
  key: 'string',
  field: 'string',
  limit: 'number',
  size: 'number',
  currentVersion: 'number',
  retryAfterSeconds: 'number',
} as const;

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The error for a response with another status than 200 or 204. */
export function refusal(response: HttpResponse, request: ErrorDetails, where: string): StorageError {
  const json = parseJson(response.text);
  const problem = isObject(json) ? json : {};
  const details: ErrorDetails = {...request, status: response.status};
  for (const [name, type] of Object.entries(DETAILS)) {
    if (typeof problem[name] === type) {
      Object.assign(details, {[name]: problem[name]});
    }
  }
  if (isErrorCode(problem['code'])) {
    const detail = problem['detail'];
    return new StorageError(problem['code'], typeof detail === 'string' ? detail : problem['code'], details);
  }
  return new StorageError(
    response.status < 500 ? 'invalid_request' : 'unavailable',
    `${where}: the response has status ${response.status} and does not follow the storage protocol${excerpt(response.text)}. ${versionHint()}`,
    details,
  );
}

/** The error for a request without a complete response: says what was called, what happened, and whether it may have been carried out. */
export function connectionError(failure: unknown, request: ErrorDetails, where: string, url: string): unknown {
  if (!(failure instanceof ConnectionFailure)) {
    return failure;
  }
  const cause = failure.cause;
  const why = {
    unreachable: isBlocked(cause)
      ? `the request was blocked inside of this process: ${cause.message.replace(/\.$/, '')}. A tool that intercepts requests` +
        " (nock, msw) must let those to the emulator pass, for example with nock.enableNetConnect('127.0.0.1') or msw's" +
        ' passthrough(). Nothing was done'
      : 'no connection. Is the emulator running? Nothing was done',
    timeout: 'no response in time. The operation may have been carried out',
    broken: 'the connection broke before the response was complete. The operation may have been carried out',
  }[failure.kind];
  const code = (cause as NodeJS.ErrnoException | undefined)?.code;
  return new StorageError(
    'unavailable',
    `${where} at ${url}: ${why}.${code === undefined ? '' : ` (${code})`}`,
    request,
    cause,
  );
}

/**
 * Whether a request failed before there was an attempt to connect. Errors of the operating system name a system call, and
 * several of them are an AggregateError.
 */
function isBlocked(cause: Error | undefined): cause is Error {
  return cause !== undefined && !('syscall' in cause) && !('errors' in cause) && !('code' in cause && cause.code === 'ECONNRESET');
}

/** The error for a response with status 200 that is not a JSON object. */
export function unreadableResponse(request: ErrorDetails, where: string, status: number): StorageError {
  return new StorageError(
    'unavailable',
    `${where}: the response does not follow the storage protocol. The operation may have been carried out. ${versionHint()}`,
    {...request, status},
  );
}

/** The error for a response whose result is not of the operation's type. */
export function unexpectedResult(request: ErrorDetails, where: string, expected: string): StorageError {
  return new StorageError(
    'internal',
    `${where}: expected ${expected} as the result, but the response has something else. ${versionHint()}`,
    {...request, status: 200},
  );
}

/** The message of a response that is not from the emulator, for example from a tool that intercepts requests. */
function excerpt(text: string): string {
  const json = parseJson(text);
  const message = isObject(json) && typeof json['message'] === 'string' ? json['message'] : text;
  const line = message.trim().split('\n', 1)[0] ?? '';
  return line === '' ? '' : `: '${line.slice(0, 200)}'`;
}

function versionHint(): string {
  return `Is this the URL of a Stowage emulator, and is it from the same release as this client (${VERSION})?`;
}
