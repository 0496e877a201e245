import {StorageError} from './errors.js';
import type {Sdk} from './sdk.js';
import type {StoreName} from './stores.js';

/** The keys that open the stores, and how to find whose it is. */
export interface Keys {
  /** The key of the install that is asked for outside of a request, or always, where there is no `apiKeyFor`. */
  readonly apiKey?: string | undefined;
  /** The key of the install that a request is for; asked at every call. Undefined is no such install. */
  readonly apiKeyFor?: ((installId: number) => string | undefined | Promise<string | undefined>) | undefined;
  /** The app's key, for global functions, which reach sharedKvStore alone (INST-3). */
  readonly appKey?: string | undefined;
}

/** Whom a call is for: an install by its id, a global function by an id that is none, or undefined outside of a request. */
export type ContextLookup = () => {readonly installId: number} | undefined;

interface OcpGlobal {
  ocpContextStorage?: {
    getStore(): {ocpRuntime?: {appContext?: {installId: number}}} | undefined;
  };
}

/** The context of the current request, which hundreds of others may run beside: the platform's first, then the SDK's. */
export function contextOf(sdk: Sdk): ContextLookup {
  return () =>
    (globalThis as OcpGlobal).ocpContextStorage?.getStore()?.ocpRuntime?.appContext ?? sdk.getAppContext?.();
}

/** The key for one call, found at that call and never kept: the next one may be another install's. */
export function keyFor(store: StoreName, keys: Keys, context: ContextLookup): string | Promise<string> {
  const installId = context()?.installId;
  if (installId !== undefined && !(installId > 0)) {
    return keyOfGlobalFunction(store, keys);
  }
  if (installId !== undefined && keys.apiKeyFor !== undefined) {
    const found = keys.apiKeyFor(installId);
    return typeof found === 'object'
      ? found.then((key) => known(key, installId, store))
      : known(found, installId, store);
  }
  const key = keys.apiKey ?? (store === 'sharedKvStore' ? keys.appKey : undefined);
  if (key === undefined) {
    throw new StorageError(
      'no_install_context',
      `${store} was used outside of a request, where no install is known: give connect an apiKey for that, too, or use` +
        ' the store inside of a request. (INST-3)',
      {store},
    );
  }
  return key;
}

function keyOfGlobalFunction(store: StoreName, keys: Keys): string {
  if (store !== 'sharedKvStore') {
    throw new StorageError(
      'no_install_context',
      `${store} was used by a global function, which has no install and reaches sharedKvStore alone. (INST-3)`,
      {store},
    );
  }
  const key = keys.appKey ?? keys.apiKey;
  if (key === undefined) {
    throw new StorageError(
      'no_install_context',
      'sharedKvStore was used by a global function, and connect was given no appKey. (INST-3)',
      {store},
    );
  }
  return key;
}

function known(key: string | undefined, installId: number, store: StoreName): string {
  if (key === undefined) {
    throw new StorageError(
      'unauthenticated',
      `${store} was used for the install ${installId}, and apiKeyFor gave no key for it. (INST-6)`,
      {store},
    );
  }
  return key;
}
