import {contextLookupOf, type ContextLookup, findApiKey, type ApiKeys} from './apiKeys.js';
import {Control} from './control/control.js';
import {StorageError} from './errors.js';
import {Connection} from './http/connection.js';
import {sendOperation} from './http/sendOperation.js';
import {parseUrl} from './http/parseUrl.js';
import {resolveSdk, type Sdk} from './sdk.js';
import {createStores} from './store/createStores.js';
import {PendingResets} from './store/pendingResets.js';
import type {StoreName, Stores} from './stores.js';

export interface ConnectOptions extends ApiKeys {
  /** The URL of the emulator, or of another service with this protocol: `http://127.0.0.1:4300`. */
  readonly url: string | URL;
  /**
   * The app's copy of the SDK: its set classes are used for results, and its context names the install. Default: resolved
   * from this package, then from the working directory. `false`: use no SDK.
   */
  readonly sdk?: Sdk | false | undefined;
  /** Replaces the lookup of the install that a call is for. Default: the context of the SDK. */
  readonly context?: ContextLookup | undefined;
  /** How long to wait for a connection, in milliseconds. Default: 5,000. */
  readonly connectTimeoutMs?: number | undefined;
  /** How long to wait for a response, in milliseconds. Default: 30,000. */
  readonly requestTimeoutMs?: number | undefined;
  /** How long a patch with an updater retries after version conflicts, in milliseconds. Default: 30,000. */
  readonly patchTimeoutMs?: number | undefined;
  /** The token given to the emulator with `--admin-token`. Only `reset()` uses it. */
  readonly adminToken?: string | undefined;
}

/** The four stores, to be passed to `initializeStores`, and their connection. */
export interface ConnectedStores extends Stores {
  /** Closes the connections. Optional: an idle connection does not keep the process running. */
  close(): void;
}

/**
 * Creates the four stores of an install. Sends nothing: if the emulator is not running, the first operation rejects.
 * Connections are kept alive and shared. Requests are never retried: an operation whose response was lost rejects with
 * `unavailable` and may have been carried out.
 */
export function connect(options: ConnectOptions): ConnectedStores {
  checkKeys(options);
  const url = parseUrl(options.url);
  const timeouts = {
    connectTimeoutMs: options.connectTimeoutMs ?? 5_000,
    requestTimeoutMs: options.requestTimeoutMs ?? 30_000,
  };
  const connection = new Connection(url, timeouts);
  const sdk = resolveSdk(options.sdk);
  const context = options.context ?? contextLookupOf(sdk);
  const resets = new PendingResets();
  const ownerOf = (store: StoreName): string =>
    `${url.href} ${options.apiKey ?? ''} ${store === 'sharedKvStore' ? '' : String(context()?.installId)}`;
  const resetKey = (store: StoreName): string => `${store} ${ownerOf(store)}`;
  const stores = createStores({
    sdk,
    patchTimeoutMs: options.patchTimeoutMs ?? 30_000,
    partition: ownerOf,
    transport: async (call) => {
      await resets.wait(resetKey(call.store));
      return sendOperation(connection, await findApiKey(call.store, options, context), call);
    },
    reset: (store) => {
      resets.start(resetKey(store), async () => {
        const key = await findApiKey(store, options, context);
        const control = new Control(url, {adminToken: options.adminToken}, timeouts);
        try {
          await clear(control, key, store);
        } finally {
          control.close();
        }
      });
    },
  });
  return {
    ...stores,
    close: () => {
      connection.close();
    },
  };
}

function checkKeys(options: ConnectOptions): void {
  if (options.apiKey === undefined && options.apiKeyFor === undefined && options.appKey === undefined) {
    throw new StorageError(
      'unauthenticated',
      'connect needs an apiKey (of one install), an apiKeyFor (that returns the key for each request) or an appKey (for' +
        ' global functions). The emulator prints the key of its first install when it starts.',
    );
  }
}

/** Empties a store of the install, by importing an empty one. */
async function clear(control: Control, apiKey: string, store: StoreName): Promise<void> {
  const install = (await control.installs()).find((candidate) => candidate.apiKey === apiKey);
  if (install === undefined) {
    throw new StorageError(
      'unauthenticated',
      `${store}.reset(): no install of the emulator has this key. It must be the key of an install, not of an app.`,
      {store},
    );
  }
  await control.load(install.installId, {format: 'stowage/1', stores: {[store]: {}}});
}
