import assert from 'node:assert/strict';
import {createRequire} from 'node:module';
import {after, afterEach, beforeEach, describe, it, test} from 'node:test';

import {type StorageError} from '@stowage/client';
import {eachTest} from '@stowage/client/testing';

import type * as Sdk from './app-sdk/index.js';
import {codeOf, refusalOf} from './support.js';

const sdk = createRequire(__filename)('../../test/app-sdk') as typeof Sdk;
const {storage} = sdk;

const stowage = eachTest({beforeEach, afterEach, afterAll: after, sdk});

let previousAppId: string;

test('each test has its own app, and storage returns its stores', async () => {
  await storage.kvStore.put('k', {a: 1});
  assert.deepEqual(await stowage.stores.kvStore.get('k'), {a: 1});
  assert.deepEqual((await stowage.records()).kvStore, {k: {a: 1}});
  previousAppId = stowage.app.appId;
});

test('the next test has another app, without records', async () => {
  assert.notEqual(stowage.app.appId, previousAppId);
  assert.deepEqual(await storage.kvStore.get('k'), {});
});

describe('a suite', () => {
  it('has an app for each test, too', async () => {
    await storage.settings.put('k', {a: 1});
    assert.equal((await stowage.journal()).length, 1);
  });
});

test('each app has its own clock', async () => {
  await stowage.clock.set('2026-01-31T12:00:00Z');
  await storage.kvStore.put('k', {a: 1}, {ttl: 60});
  await stowage.clock.advance(62);
  assert.equal(await storage.kvStore.exists('k'), false);
  assert.equal((await stowage.clock.now()).toISOString(), '2026-01-31T12:01:02.000Z');
  await stowage.clock.resume();
  assert.ok((await stowage.clock.now()).getTime() > Date.parse('2026-02-01T00:00:00Z'));
});

test('each app has its own faults, and the journal names them', async () => {
  await stowage.faults.arm('unavailable', {operation: 'put', skip: 1});
  await storage.kvStore.put('k', {a: 1});
  assert.equal(await codeOf(storage.kvStore.put('k', {a: 2})), 'unavailable');
  await stowage.faults.arm({kind: 'race', write: {operation: 'patch', value: {theirs: 1}}});
  await storage.kvStore.patch('k', {b: 1});
  assert.deepEqual(await storage.kvStore.get('k'), {a: 1, theirs: 1, b: 1});
  assert.deepEqual(
    (await stowage.journal()).map(({operation, outcome, fault}) => [operation, outcome, fault]),
    [
      ['put', 'ok', undefined],
      ['put', 'unavailable', 'unavailable'],
      ['patch', 'ok', undefined],
      ['patch', 'ok', 'race'],
      ['get', 'ok', undefined],
    ],
  );
  assert.deepEqual((await stowage.faults.list()).map((rule) => rule.fired), [1, 1]);
  await stowage.faults.clear();
  assert.deepEqual(await stowage.faults.list(), []);
});

test('after a reinstall storage returns the empty stores of the new install', async () => {
  const {installId, apiKey} = stowage.install;
  await storage.secrets.put('utoken', {token: 'x'});
  await storage.sharedKvStore.put('k', {a: 1});
  const again = await stowage.reinstall();
  assert.notEqual(again.installId, installId);
  assert.notEqual(again.apiKey, apiKey);
  assert.deepEqual(stowage.install, again);
  assert.deepEqual(await storage.secrets.get('utoken'), {});
  assert.deepEqual(await storage.sharedKvStore.get('k'), {a: 1});
});

test('a reinstall fault refuses the operation, and the next operation uses the new install', async () => {
  await storage.secrets.put('utoken', {token: 'x'});
  await stowage.faults.arm('reinstall');
  assert.equal(await codeOf(storage.secrets.get('utoken')), 'install_revoked');
  assert.deepEqual(await storage.secrets.get('utoken'), {});
  await stowage.app.uninstall();
  assert.equal(await codeOf(storage.secrets.get('utoken')), 'install_revoked');
});

test('a request of another install, and a global function', async () => {
  const other = await stowage.app.addInstall();
  await storage.kvStore.put('k', {whose: 'mine'});
  await stowage.app.inRequestOf(other, () => storage.kvStore.put('k', {whose: 'theirs'}));
  assert.deepEqual(await storage.kvStore.get('k'), {whose: 'mine'});
  assert.deepEqual((await stowage.records(other)).kvStore, {k: {whose: 'theirs'}});
  await stowage.app.inRequestOf(stowage.install, async () => {
    assert.deepEqual(await storage.kvStore.get('k'), {whose: 'mine'});
  });
  await stowage.app.asGlobalFunction(async () => {
    await storage.sharedKvStore.increment('n', 'n');
    assert.equal(await codeOf(storage.kvStore.get('k')), 'no_install_context');
  });
});

test('an invented id stands for the test\'s install, and each further id for another install', async () => {
  const context = (installId: number): Sdk.AppContext => ({installId, trackerId: 't', manifest: {}});
  await storage.kvStore.put('k', {whose: 'mine'});
  try {
    sdk.setContext(context(1_000_001));
    assert.deepEqual(await storage.kvStore.get('k'), {whose: 'mine'});
    sdk.setContext(context(1_000_002));
    assert.deepEqual(await storage.kvStore.get('k'), {});
    await storage.kvStore.put('k', {whose: 'theirs'});
    sdk.setContext(context(1_000_001));
    assert.deepEqual(await storage.kvStore.get('k'), {whose: 'mine'});
    sdk.setContext(context(1_000_002));
    assert.deepEqual(await storage.kvStore.get('k'), {whose: 'theirs'});
  } finally {
    sdk.setContext(undefined as never);
  }
});

test('resetLocalStores empties the test\'s stores', async () => {
  await storage.kvStore.put('k', {a: 1});
  sdk.resetLocalStores();
  assert.deepEqual(await storage.kvStore.get('k'), {});
});

test('concurrent tests have an app each', async () => {
  const ids = await Promise.all(
    Array.from({length: 8}, (_, i) =>
      stowage.withApp(async (app) => {
        await storage.kvStore.put('k', {i});
        await new Promise((resolve) => setImmediate(resolve));
        assert.deepEqual(await storage.kvStore.get('k'), {i});
        assert.equal(stowage.app, app);
        return app.appId;
      }),
    ),
  );
  assert.equal(new Set(ids).size, 8);
  assert.deepEqual(await storage.kvStore.get('k'), {});
});

test('calls that were not awaited are named, and calls after the end are refused', async () => {
  let callLater: (() => Promise<unknown>) | undefined;
  let notAwaited: Promise<unknown> | undefined;
  await assert.rejects(
    stowage.withApp(async (app) => {
      await app.stores.kvStore.get('k');
      callLater = () => app.stores.kvStore.get('late');
      notAwaited = app.stores.kvStore.put('forgotten', {a: 1}).catch((refusal: unknown) => (refusal as StorageError).code);
    }),
    /ended before kvStore\.put of 'forgotten' had completed: an await is missing/,
  );
  await notAwaited;
  const refusal = await refusalOf(callLater?.() ?? Promise.resolve());
  assert.match(refusal.message, /was called after its test had ended/);
});

test('without hooks the error says what to pass', () => {
  assert.throws(() => eachTest({sdk: false}), /eachTest\(\{beforeEach, afterEach\}\)/);
});
