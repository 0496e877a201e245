import {parseJson} from './http/problem.js';
import {isObject} from './wire/decode.js';

export type Context = 'user' | 'workspace';
export type Callback<T> = (error: Error | null, data?: T) => void;

/** What Cloud9's `plugin.setAPIKey(key)` answers: one JSON object for each context, under the key of the install (PRIV-1 to PRIV-4). */
export interface PersistentData {
  getPersistentData(context: Context, callback: Callback<object | null>): void;
  setPersistentData(context: Context, data: object, callback: Callback<object>): void;
}

/** A plugin's door to its private data: `cloud9({url}).setAPIKey(options.apikey)`, with errors and callbacks as Cloud9's own client has them. */
export function cloud9(options: {url: string; user?: string; workspace?: string; timeoutMs?: number}): {
  setAPIKey(key: string): PersistentData;
} {
  const call = (key: string, context: Context, init: RequestInit, callback: Callback<never>): void => {
    const path = ({user: '/user', workspace: `/projects/${options.workspace ?? '1'}`} as Record<string, string>)[context];
    if (path === undefined) throw new Error(`Unsupported context: ${context}`);
    const user = options.user === undefined ? {} : {Authorization: `Basic ${Buffer.from(`${options.user}:`).toString('base64')}`};
    const signal = AbortSignal.timeout(options.timeoutMs ?? 60_000);
    const asked = fetch(`${options.url}${path}/persistent/${encodeURIComponent(key)}`, {...init, headers: {Accept: 'application/json', ...user}, signal}).then(async (response) => {
      const data = parseJson(await response.text());
      const error = isObject(data) ? data['error'] : undefined;
      if (!response.ok) throw Object.assign(new Error(`Status ${response.status}`), error, {status: response.status});
      return data as never;
    });
    // Outside of the promise, so that what a callback throws is nobody's answer.
    asked.then((data) => setImmediate(callback, null, data), (error: unknown) => setImmediate(callback, error as Error));
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
