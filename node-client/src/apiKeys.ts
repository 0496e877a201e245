import {StorageError} from './errors.js';
import type {Sdk} from './sdk.js';
import type {StoreName} from './stores.js';

/** The API keys with which calls are authenticated. */
export interface ApiKeys {
  /** The key of the install that calls outside of a request are for. Without `apiKeyFor`, the key of every call. */
  readonly apiKey?: string | undefined;
  /** Returns the key of the install that a request is for, undefined for an unknown install. Called for every operation. */
  readonly apiKeyFor?: ((installId: number) => string | undefined | Promise<string | undefined>) | undefined;
  /** The app's key, for global functions, which have access to sharedKvStore only (INST-3). */
  readonly appKey?: string | undefined;
}

/**
 * Returns the context of the current call: that of an install, that of a global function (`installId` 0 or less), or
 * undefined outside of a request.
 */
export type ContextLookup = () => {readonly installId: number} | undefined;

interface OcpGlobal {
  ocpContextStorage?: {
    getStore(): {ocpRuntime?: {appContext?: {installId: number}}} | undefined;
  };
}

/** Looks the context of the current request up: in the platform's AsyncLocalStorage first, then in the SDK. */
export function contextLookupOf(sdk: Sdk): ContextLookup {
  return () =>
    (globalThis as OcpGlobal).ocpContextStorage?.getStore()?.ocpRuntime?.appContext ?? sdk.getAppContext?.();
}

/** Finds the key for one call. It is not cached, because the next call may be for another install. */
export function findApiKey(store: StoreName, keys: ApiKeys, context: ContextLookup): string | Promise<string> {
  const installId = context()?.installId;
  if (installId !== undefined && !(installId > 0)) {
    return apiKeyOfGlobalFunction(store, keys);
  }
  if (installId !== undefined && keys.apiKeyFor !== undefined) {
    const found = keys.apiKeyFor(installId);
    return typeof found === 'object'
      ? found.then((key) => requireKey(key, installId, store))
      : requireKey(found, installId, store);
  }
  const key = keys.apiKey ?? (store === 'sharedKvStore' ? keys.appKey : undefined);
  if (key === undefined) {
    throw new StorageError(
      'no_install_context',
      `${store} was used outside of a request, where the install is not known. Pass connect an apiKey for such calls, or` +
        ' use the store inside of a request. (INST-3)',
      {store},
    );
  }
  return key;
}

function apiKeyOfGlobalFunction(store: StoreName, keys: ApiKeys): string {
  if (store !== 'sharedKvStore') {
    throw new StorageError(
      'no_install_context',
      `${store} was used by a global function. It has no install and has access to sharedKvStore only. (INST-3)`,
      {store},
    );
  }
  const key = keys.appKey ?? keys.apiKey;
  if (key === undefined) {
    throw new StorageError(
      'no_install_context',
      'sharedKvStore was used by a global function, but connect was called without an appKey. (INST-3)',
      {store},
    );
  }
  return key;
}

function requireKey(key: string | undefined, installId: number, store: StoreName): string {
  if (key === undefined) {
    throw new StorageError(
      'unauthenticated',
      `${store} was used for install ${installId}, but apiKeyFor returned no key for it. (INST-6)`,
      {store},
    );
  }
  return key;
}
