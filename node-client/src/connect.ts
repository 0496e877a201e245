import {contextOf, type ContextLookup, keyFor, type Keys} from './caller.js';
import {Control} from './control/control.js';
import {StorageError} from './errors.js';
import {Connection} from './http/connection.js';
import {execute} from './http/transport.js';
import {parseUrl} from './http/url.js';
import {resolveSdk, type Sdk} from './sdk.js';
import {fourStores} from './store/fourStores.js';
import type {StoreName, Stores} from './stores.js';

export interface ConnectOptions extends Keys {
  /** Where the emulator, or another service of this protocol, listens: `http://127.0.0.1:4300`. */
  readonly url: string | URL;
  /**
   * The app's own copy of the SDK, for the classes of its sets and the context of its requests. Looked for unless told;
   * `false` is none.
   */
  readonly sdk?: Sdk | false | undefined;
  /** Whom a call is for, where that is not what the SDK says. */
  readonly context?: ContextLookup | undefined;
  /** How long to wait for a connection; 5,000 unless told. */
  readonly connectTimeoutMs?: number | undefined;
  /** How long to wait for an answer; 30,000 unless told. */
  readonly requestTimeoutMs?: number | undefined;
  /** How long a patch with an updater tries to win against other writers; 30,000 unless told. */
  readonly patchTimeoutMs?: number | undefined;
  /** What `--admin-token` said; `reset()` alone needs the control plane. */
  readonly adminToken?: string | undefined;
}

/** The four stores, for `initializeStores`, and their connection. */
export interface ConnectedStores extends Stores {
  /** Hangs up. An idle connection keeps no process from ending, so that nothing has to call this. */
  close(): void;
}

/**
 * Opens the stores. Nothing is sent before the first call: an emulator that isn't there is that call's error. Connections
 * are kept alive and shared; nothing is sent twice on its own account, so a call whose answer was lost rejects with
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
  const context = options.context ?? contextOf(sdk);
  const stores = fourStores({
    sdk,
    patchTimeoutMs: options.patchTimeoutMs ?? 30_000,
    partition: (store) => (store === 'sharedKvStore' ? '' : String(context()?.installId)),
    transport: async (call) => execute(connection, await keyFor(call.store, options, context), call),
    clear: async (store) => {
      const key = await keyFor(store, options, context);
      const control = new Control(url, {adminToken: options.adminToken}, timeouts);
      try {
        await clear(control, key, store);
      } finally {
        control.close();
      }
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
      'connect needs the apiKey of an install, an apiKeyFor that finds it for each request, or the appKey of a global' +
        ' function. The emulator prints the key of its first install when it starts.',
    );
  }
}

/** Loads an empty store over the one that the install has. */
async function clear(control: Control, apiKey: string, store: StoreName): Promise<void> {
  const install = (await control.installs()).find((candidate) => candidate.apiKey === apiKey);
  if (install === undefined) {
    throw new StorageError(
      'unauthenticated',
      `${store}.reset(): the emulator knows no install of this key; an app's key can't empty a store.`,
      {store},
    );
  }
  await control.load(install.installId, {format: 'stowage/1', stores: {[store]: {}}});
}
