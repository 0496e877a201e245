import assert from 'node:assert/strict';
import {AsyncLocalStorage} from 'node:async_hooks';
import {createRequire} from 'node:module';
import {afterEach, test} from 'node:test';

import {connect, type ConnectOptions, type Install, NumberSet} from '@stowage/client';

import type * as Sdk from './app-sdk/index.js';
import {codeOf, control, ownApp, refusalOf, URL_OF_EMULATOR} from './support.js';

// By path, because the stand-in for the SDK is not installed as a package here.
const sdk = createRequire(__filename)('../../test/app-sdk') as typeof Sdk;

interface Context {
  ocpRuntime: {appContext: {installId: number}};
}

const contexts = new AsyncLocalStorage<Context>();

function inRequestOf<T>(installId: number, run: () => Promise<T>): Promise<T> {
  (globalThis as {ocpContextStorage?: unknown}).ocpContextStorage = contexts;
  return contexts.run({ocpRuntime: {appContext: {installId}}}, run);
}

afterEach(() => {
  delete (globalThis as {ocpContextStorage?: unknown}).ocpContextStorage;
  sdk.setContext(undefined as never);
});

/** Creates an app with the given number of installs, and connects the SDK to it. */
async function app(
  installs: number,
  options: Partial<ConnectOptions> = {},
): Promise<{installs: Install[]; outside: Install; appKey: string}> {
  const {appId, install: outside} = await ownApp();
  const made = await Promise.all(Array.from({length: installs}, () => control.install({appId})));
  const keys = new Map(made.map((install) => [install.installId, install.apiKey]));
  const {appKey} = await control.app(appId);
  sdk.initializeStores(
    connect({
      url: URL_OF_EMULATOR,
      apiKey: outside.apiKey,
      apiKeyFor: (installId) => keys.get(installId),
      appKey,
      sdk,
      ...options,
    }),
  );
  return {installs: made, outside, appKey};
}

test('400 concurrent requests each reach the install they are for', async () => {
  const {installs} = await app(4);
  await Promise.all(
    Array.from({length: 400}, (_, i) =>
      inRequestOf(installs[i % 4]?.installId ?? 0, async () => {
        await sdk.storage.kvStore.increment('mine', 'n');
        await new Promise((resolve) => setImmediate(resolve));
        await sdk.storage.sharedKvStore.increment('ours', 'n');
        await sdk.storage.settings.patch<{n?: number}>('s', (previous) => ({n: (previous.n ?? 0) + 1}));
      }),
    ),
  );
  for (const {installId} of installs) {
    assert.deepEqual(await inRequestOf(installId, () => sdk.storage.kvStore.get('mine')), {n: 100});
    assert.deepEqual(await inRequestOf(installId, () => sdk.storage.settings.get('s')), {n: 100});
  }
  assert.deepEqual(await sdk.storage.sharedKvStore.get('ours'), {n: 400});
  assert.deepEqual(await sdk.storage.kvStore.get('mine'), {}, 'the install of calls outside of a request is another one');
});

test('a promise from apiKeyFor is awaited', async () => {
  const {installs} = await app(1);
  const [install] = installs;
  assert.ok(install);
  await app(1, {apiKeyFor: (id) => Promise.resolve(id === install.installId ? install.apiKey : undefined)});
  await inRequestOf(install.installId, () => sdk.storage.kvStore.put('k', {a: 1}));
  assert.deepEqual(await inRequestOf(install.installId, () => sdk.storage.kvStore.get('k')), {a: 1});
  const unknown = await refusalOf(inRequestOf(999_999, () => sdk.storage.kvStore.get('k')));
  assert.equal(unknown.code, 'unauthenticated');
  assert.match(unknown.message, /999999/);
  const mine = new Error('mine');
  await app(1, {apiKeyFor: () => Promise.reject(mine)});
  await assert.rejects(
    inRequestOf(1, () => sdk.storage.kvStore.get('k')),
    (error) => error === mine,
  );
});

test('a global function has access to sharedKvStore only', async () => {
  await app(1);
  for (const installId of [0, -1]) {
    assert.equal(await codeOf(inRequestOf(installId, () => sdk.storage.kvStore.get('k'))), 'no_install_context');
    assert.equal(await codeOf(inRequestOf(installId, () => sdk.storage.secrets.get('k'))), 'no_install_context');
    await inRequestOf(installId, () => sdk.storage.sharedKvStore.increment('ours', 'n'));
  }
  assert.deepEqual(await sdk.storage.sharedKvStore.get('ours'), {n: 2});
});

test('outside of a request an operation needs an apiKey, and the error says so', async () => {
  await app(1, {apiKey: undefined, appKey: undefined});
  const refusal = await refusalOf(sdk.storage.kvStore.get('k'));
  assert.equal(refusal.code, 'no_install_context');
  assert.match(refusal.message, /outside of a request/);
});

test('a context set by setContext names the install', async () => {
  const {installs} = await app(1);
  sdk.setContext({installId: installs[0]?.installId ?? 0, trackerId: 't', manifest: {}});
  await sdk.storage.kvStore.put('k', {a: 1});
  assert.deepEqual(await inRequestOf(installs[0]?.installId ?? 0, () => sdk.storage.kvStore.get('k')), {a: 1});
});

test('stores in the runtime of a request take precedence', async () => {
  const {outside} = await app(1);
  const {stores} = await ownApp();
  (globalThis as {ocpContextStorage?: unknown}).ocpContextStorage = contexts;
  const ocpRuntime = {
    appContext: {installId: outside.installId},
    settingsStore: stores.settings,
    secretsStore: stores.secrets,
    kvStore: stores.kvStore,
    sharedKvStore: stores.sharedKvStore,
  };
  await contexts.run({ocpRuntime}, () => sdk.storage.kvStore.put('k', {a: 1}));
  assert.deepEqual(await stores.kvStore.get('k'), {a: 1});
});

test('sets in results are of the SDK\'s classes, and sets of this package are accepted', async () => {
  await app(1);
  await sdk.storage.kvStore.put('k', {n: new sdk.NumberSet([1]), s: new sdk.StringSet(['x'])});
  await sdk.storage.kvStore.patch('k', {ours: new NumberSet([2])});
  const back = await sdk.storage.kvStore.get('k');
  assert.ok(back['n'] instanceof sdk.NumberSet);
  assert.ok(back['s'] instanceof sdk.StringSet);
  assert.ok(back['ours'] instanceof sdk.NumberSet);
  // The class of a second copy of the SDK, as of a nested dependency.
  const NumberSetOfSecondCopy = {NumberSet: class NumberSet extends Set<number> {}}.NumberSet;
  await sdk.storage.kvStore.patch('k', {n: new NumberSetOfSecondCopy([7])});
  assert.deepEqual((await sdk.storage.kvStore.get('k', ['n']))['n'], new sdk.NumberSet([7]));
});

test('resetLocalStores empties the four stores of the install before the next call', async () => {
  await app(1);
  const {storage} = sdk;
  await Promise.all([
    storage.settings.put('k', {a: 1}),
    storage.secrets.put('k', {a: 1}),
    storage.kvStore.put('k', {a: 1}),
    storage.sharedKvStore.put('k', {a: 1}),
  ]);
  sdk.resetLocalStores();
  const reads = await Promise.all([
    storage.settings.get('k'),
    storage.secrets.exists('k'),
    storage.kvStore.get('k'),
    storage.sharedKvStore.get('k'),
  ]);
  assert.deepEqual(reads, [{}, false, {}, {}]);
  await storage.kvStore.put('k', {a: 2});
  sdk.resetLocalStores();
  sdk.resetLocalStores();
  await storage.kvStore.put('k', {a: 3});
  assert.deepEqual(await storage.kvStore.get('k'), {a: 3});
});

test('after a failed reset the next call fails with its error', async () => {
  await app(1, {apiKey: 'unknown'.padEnd(27, 'x') + '='});
  sdk.resetLocalStores();
  const refusal = await refusalOf(sdk.storage.kvStore.get('k'));
  assert.equal(refusal.code, 'unauthenticated');
  assert.match(refusal.message, /kvStore\.reset/);
});
