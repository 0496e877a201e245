import {Connection} from './http/connection.js';
import {connectionError, parseJson} from './http/errors.js';
import {parseUrl} from './http/parseUrl.js';
import {callSoon} from './realTimers.js';
import {isObject} from './wire/decode.js';

export type Context = 'user' | 'workspace';
export type Callback<T> = (error: Error | null, data?: T) => void;

/** What Cloud9's `plugin.setAPIKey(key)` returns: access to one JSON object for each context (PRIV-1 to PRIV-4). */
export interface PersistentData {
  /** Reads the object of a context; null if there is none. */
  getPersistentData(context: Context, callback: Callback<object | null>): void;
  /** Replaces the object of a context. The callback is optional; without it an error is ignored. */
  setPersistentData(context: Context, data: object, callback?: Callback<object>): void;
}

export interface Cloud9Options {
  /** The URL of the emulator. */
  readonly url: string | URL;
  /** The user that the requests are for. Default: the emulator's default user. */
  readonly user?: string;
  /** The workspace that the requests are for. Default: `1`. */
  readonly workspace?: string;
  /** How long to wait for a response, in milliseconds. Default: 60,000. */
  readonly timeoutMs?: number;
}

/**
 * Access to the private data of a Cloud9 plugin: `cloud9({url}).setAPIKey(options.apikey)`. Errors and callbacks are those
 * of Cloud9's own client.
 */
export function cloud9(options: Cloud9Options): {setAPIKey(key: string): PersistentData} {
  const timeoutMs = options.timeoutMs ?? 60_000;
  const connection = new Connection(parseUrl(options.url), {connectTimeoutMs: timeoutMs, requestTimeoutMs: timeoutMs});
  const headers = {
    Accept: 'application/json',
    ...(options.user === undefined ? {} : {Authorization: `Basic ${Buffer.from(`${options.user}:`).toString('base64')}`}),
  };
  const pathOf = (context: Context, key: string): string => {
    const paths: Record<string, string> = {user: '/user', workspace: `/projects/${encodeURIComponent(options.workspace ?? '1')}`};
    const path = Object.hasOwn(paths, context) ? paths[context] : undefined;
    if (path === undefined) {
      throw new Error(`Unsupported context: ${context}`);
    }
    return `${path}/persistent/${encodeURIComponent(key)}`;
  };
  const send = <T>(request: Promise<unknown>, callback: Callback<T> | undefined): void => {
    // Outside of the promise, so that an error thrown by the callback is uncaught, as with Cloud9's own client.
    request.then(
      (data) => {
        callSoon(() => callback?.(null, data as T));
      },
      (error: unknown) => {
        callSoon(() => callback?.(error as Error));
      },
    );
  };
  return {
    setAPIKey(key) {
      if (!/^.{27}=$/.test(key)) {
        throw new Error('Invalid API key');
      }
      return {
        getPersistentData: (context, callback) => {
          send(exchange(connection, 'GET', pathOf(context, key), headers), callback);
        },
        setPersistentData: (context, data, callback) => {
          const form = new URLSearchParams({data: JSON.stringify(data)}).toString();
          const formHeaders = {...headers, 'Content-Type': 'application/x-www-form-urlencoded'};
          send(exchange(connection, 'PUT', pathOf(context, key), formHeaders, form), callback);
        },
      };
    },
  };
}

async function exchange(
  connection: Connection,
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: string,
): Promise<unknown> {
  const response = await connection.send(method, path, headers, body).catch((failure: unknown) => {
    // Not the path, which contains the key.
    throw connectionError(failure, {}, `${method} of persistent data`, connection.url);
  });
  const data = parseJson(response.text);
  if (response.status < 200 || response.status > 299) {
    const error = isObject(data) ? data['error'] : undefined;
    throw Object.assign(new Error(`Status ${response.status}`), error, {status: response.status});
  }
  return data;
}
