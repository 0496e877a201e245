import assert from 'node:assert/strict';
import {test} from 'node:test';

import {StorageError} from '@stowage/client';

import {Framework, newSdkCopy} from './framework.js';

test('a copy of the SDK that is loaded before a test starts is connected to the emulator', async () => {
  const framework = new Framework();
  const copy = newSdkCopy();
  await framework.test(async () => {
    await copy.storage.kvStore.put('k', {n: new copy.NumberSet([1])});
    assert.deepEqual((await framework.stowage.records()).kvStore, {k: {n: new framework.sdk.NumberSet([1])}});
    // With the classes of that copy.
    assert.ok((await copy.storage.kvStore.get('k'))['n'] instanceof copy.NumberSet);
    copy.resetLocalStores();
    assert.deepEqual(await framework.sdk.storage.kvStore.get('k'), {});
  });
});

test('a copy of the SDK that is loaded during a test fails the test, and is connected for the next one', async () => {
  const framework = new Framework();
  let copy: typeof framework.sdk | undefined;
  await assert.rejects(
    framework.test(async () => {
      copy = newSdkCopy();
      await copy.storage.kvStore.put('k', {a: 1});
      assert.deepEqual((await framework.stowage.records()).kvStore, {});
    }),
    /another copy of @zaiusinc\/app-sdk \(.*app-sdk.index\.js\).*not on the emulator.*stowage\.attach/s,
  );
  await framework.test(async () => {
    await copy?.storage.kvStore.put('k', {a: 1});
    assert.deepEqual((await framework.stowage.records()).kvStore, {k: {a: 1}});
  });
});

test('a copy of the SDK can be connected during a test', async () => {
  const framework = new Framework();
  await framework.test(async () => {
    const copy = newSdkCopy();
    framework.stowage.attach(copy);
    await copy.storage.kvStore.put('k', {a: 1});
    assert.deepEqual((await framework.stowage.records()).kvStore, {k: {a: 1}});
  });
});

test('a setup file that is loaded again during a test gets the running test\'s app', async () => {
  const framework = new Framework();
  await framework.test(async () => {
    const appId = framework.stowage.app.appId;
    const again = new Framework();
    assert.equal(again.stowage.app.appId, appId);
    await again.sdk.storage.kvStore.put('k', {a: 1});
    assert.deepEqual((await framework.stowage.records()).kvStore, {k: {a: 1}});
  });
});

test('an error of another copy of this package is an instance of StorageError', () => {
  const path = require.resolve('@stowage/client');
  const folder = path.slice(0, path.lastIndexOf('index.js'));
  for (const loaded of Object.keys(require.cache).filter((name) => name.startsWith(folder))) {
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- the key is a path
    delete require.cache[loaded];
  }
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loads the package again
  const {StorageError: OtherStorageError} = require('@stowage/client') as {StorageError: typeof StorageError};
  assert.notEqual(OtherStorageError, StorageError);
  assert.ok(new OtherStorageError('not_found', 'text') instanceof StorageError);
  assert.ok(!(new Error('text') instanceof StorageError));
});

test('the namespace that an ES module gets of the SDK may have its exports in `default` only', async () => {
  const copy = newSdkCopy();
  const framework = new Framework({sdk: {NumberSet: copy.NumberSet, default: copy} as object});
  await framework.test(async () => {
    await copy.storage.kvStore.put('k', {a: 1});
    assert.deepEqual((await framework.stowage.records()).kvStore, {k: {a: 1}});
  });
});

test('an object that cannot be connected is refused', async () => {
  const refusal = /no `initializeStores`.*import sdk from/s;
  assert.throws(() => new Framework({sdk: {}}), refusal);
  const framework = new Framework();
  await framework.test(() => {
    assert.throws(() => {
      framework.stowage.attach({});
    }, refusal);
  });
});
