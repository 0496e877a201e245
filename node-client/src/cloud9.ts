import {parseJson} from './http/errors.js';
import {isObject} from './wire/decode.js';

export type Context = 'user' | 'workspace';
export type Callback<T> = (error: Error | null, data?: T) => void;

/** What Cloud9's `plugin.setAPIKey(key)` returns: access to one JSON object for each context (PRIV-1 to PRIV-4). */
export interface PersistentData {
  getPersistentData(context: Context, callback: Callback<object | null>): void;
  setPersistentData(context: Context, data: object, callback: Callback<object>): void;
}

/**
 * Access to the private data of a Cloud9 plugin: `cloud9({url}).setAPIKey(options.apikey)`. Errors and callbacks are those
 * of Cloud9's own client.
 */
export function cloud9(options: {url: string; user?: string; workspace?: string; timeoutMs?: number}): {
  setAPIKey(key: string): PersistentData;
} {
  const call = (key: string, context: Context, init: RequestInit, callback: Callback<never>): void => {
    const path = ({user: '/user', workspace: `/projects/${options.workspace ?? '1'}`} as Record<string, string>)[context];
    if (path === undefined) throw new Error(`Unsupported context: ${context}`);
    const user = options.user === undefined ? {} : {Authorization: `Basic ${Buffer.from(`${options.user}:`).toString('base64')}`};
    const signal = AbortSignal.timeout(options.timeoutMs ?? 60_000);
    const response = fetch(`${options.url}${path}/persistent/${encodeURIComponent(key)}`, {...init, headers: {Accept: 'application/json', ...user}, signal}).then(async (received) => {
      const data = parseJson(await received.text());
      const error = isObject(data) ? data['error'] : undefined;
      if (!received.ok) throw Object.assign(new Error(`Status ${received.status}`), error, {status: received.status});
      return data as never;
    });
    // Outside of the promise, so that an error thrown by the callback is uncaught, as with Cloud9's own client.
    response.then((data) => setImmediate(callback, null, data), (error: unknown) => setImmediate(callback, error as Error));
  };
  return {
    setAPIKey(key) {
      if (!/^.{27}=$/.test(key)) throw new Error('Invalid API key');
      return {
        getPersistentData: (context, callback) => { call(key, context, {}, callback); },
        setPersistentData: (context, data, callback) => { call(key, context, {method: 'PUT', body: new URLSearchParams({data: JSON.stringify(data)})}, callback); },
      };
    },
  };
}
