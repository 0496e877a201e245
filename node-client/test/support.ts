import {connect, type ConnectedStores, type ConnectOptions, Control, type Install, StorageError} from '@stowage/client';

/** The URL of the emulator that all tests share. Each test creates its own app. */
export const URL_OF_EMULATOR = process.env['STOWAGE_URL'] ?? 'http://127.0.0.1:4300';

export const control = new Control(URL_OF_EMULATOR);

let apps = 0;

export interface OwnApp {
  readonly appId: string;
  readonly install: Install;
  readonly stores: ConnectedStores;
}

/** Creates an app with one install and a frozen clock. */
export async function ownApp(options: Partial<ConnectOptions> = {}): Promise<OwnApp> {
  const appId = `test-${process.pid}-${++apps}`;
  const install = await control.install({appId});
  await control.setClock({now: '2026-01-31T12:00:00Z'}, appId);
  const stores = connect({url: URL_OF_EMULATOR, apiKey: install.apiKey, sdk: false, ...options});
  return {appId, install, stores};
}

/** Returns the error that a call rejects with. */
export async function refusalOf(call: Promise<unknown>): Promise<StorageError> {
  try {
    await call;
  } catch (refusal) {
    if (refusal instanceof StorageError) {
      return refusal;
    }
    throw refusal;
  }
  throw new Error('The call was not refused.');
}

export async function codeOf(call: Promise<unknown>): Promise<string> {
  return (await refusalOf(call)).code;
}
