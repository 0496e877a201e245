import {type ErrorDetails, isErrorCode, StorageError} from '../errors.js';
import {VERSION} from '../version.js';
import {isObject} from '../wire/decode.js';
import type {HttpAnswer} from './connection.js';
import {ConnectionFailure} from './connection.js';

/** The facts of a problem document that an error carries, and what each must be. */
const FACTS = {
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

/** The refusal that an answer with another status than 200 or 204 is. */
export function refusal(answer: HttpAnswer, asked: ErrorDetails, where: string): StorageError {
  const json = parseJson(answer.text);
  const problem = isObject(json) ? json : {};
  const details: ErrorDetails = {...asked, status: answer.status};
  for (const [name, type] of Object.entries(FACTS)) {
    if (typeof problem[name] === type) {
      Object.assign(details, {[name]: problem[name]});
    }
  }
  if (isErrorCode(problem['code'])) {
    const detail = problem['detail'];
    return new StorageError(problem['code'], typeof detail === 'string' ? detail : problem['code'], details);
  }
  return new StorageError(
    answer.status < 500 ? 'invalid_request' : 'unavailable',
    `${where}: the answer has the status ${answer.status} and is none of the storage protocol. ${anotherVersion()}`,
    details,
  );
}

/** No answer at all: an error that says what was asked, what happened, and what may be. */
export function noAnswer(failure: unknown, asked: ErrorDetails, where: string, url: string): unknown {
  if (!(failure instanceof ConnectionFailure)) {
    return failure;
  }
  const cause = failure.cause;
  const why = {
    unreachable: `nothing answers there. Is the emulator running? Nothing was done`,
    late: 'no answer came in time. It may have been carried out',
    broken: 'the connection broke before the answer was there. It may have been carried out',
  }[failure.kind];
  const code = (cause as NodeJS.ErrnoException | undefined)?.code;
  return new StorageError(
    'unavailable',
    `${where} at ${url}: ${why}.${code === undefined ? '' : ` (${code})`}`,
    asked,
    cause,
  );
}

/** A 200 that can't be read. */
export function notOfThisProtocol(asked: ErrorDetails, where: string, status: number): StorageError {
  return new StorageError(
    'unavailable',
    `${where}: the answer is none of the storage protocol. It may have been carried out. ${anotherVersion()}`,
    {...asked, status},
  );
}

/** A 200 with another result than the operation has. */
export function wrongResult(asked: ErrorDetails, where: string, due: string): StorageError {
  return new StorageError(
    'internal',
    `${where}: the answer has another result than the operation: ${due} was due. ${anotherVersion()}`,
    {...asked, status: 200},
  );
}

function anotherVersion(): string {
  return `Is that a Stowage emulator, and of the release that this client (${VERSION}) is from?`;
}
