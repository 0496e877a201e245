import assert from 'node:assert/strict';
import {test} from 'node:test';

import {connect} from '@stowage/client';

import {Framework} from './framework.js';
import {codeOf, ownApp, refusalOf, URL_OF_EMULATOR} from './support.js';

test('resetLocalStores in an afterEach does not affect later tests', async () => {
  const framework = new Framework();
  const {sdk} = framework;
  framework.register('afterEach')(() => {
    sdk.resetLocalStores();
    return Promise.resolve();
  });
  for (let i = 0; i < 10; i++) {
    await framework.test(async () => {
      assert.deepEqual(await sdk.storage.kvStore.get('k'), {});
      await sdk.storage.kvStore.put('k', {i});
    });
  }
  await framework.call('afterAll');
});

test('resetLocalStores as the last call of a test does not affect later tests', async () => {
  const framework = new Framework();
  const {sdk} = framework;
  for (let i = 0; i < 10; i++) {
    await framework.test(async () => {
      await sdk.storage.settings.put('k', {i});
      sdk.resetLocalStores();
    });
  }
  await framework.test(async () => {
    assert.deepEqual(await sdk.storage.settings.get('k'), {});
  });
  await framework.call('afterAll');
});

test('resetLocalStores in afterAll does nothing', async () => {
  const framework = new Framework();
  framework.register('afterAll')(() => {
    framework.sdk.resetLocalStores();
    return Promise.resolve();
  });
  await framework.test(() => framework.sdk.storage.kvStore.put('k', {a: 1}));
  await framework.call('afterAll');
  framework.sdk.resetLocalStores();
});

test('a reset in the app of withApp empties only that app', async () => {
  const framework = new Framework();
  const {sdk, stowage} = framework;
  await framework.test(async () => {
    await sdk.storage.kvStore.put('k', {a: 1});
    await stowage.withApp(async () => {
      await sdk.storage.kvStore.put('k', {a: 2});
      sdk.resetLocalStores();
      assert.deepEqual(await sdk.storage.kvStore.get('k'), {});
      sdk.resetLocalStores();
    });
    assert.deepEqual(await sdk.storage.kvStore.get('k'), {a: 1});
  });
});

test('a failed reset fails the next call only', async () => {
  const {install} = await ownApp();
  let apiKey = `${'x'.repeat(27)}=`;
  const {kvStore} = connect({url: URL_OF_EMULATOR, apiKeyFor: () => apiKey, context: () => ({installId: 1}), sdk: false});
  (kvStore as unknown as {reset(): void}).reset();
  assert.match((await refusalOf(kvStore.get('k'))).message, /kvStore\.reset/);
  apiKey = install.apiKey;
  assert.deepEqual(await kvStore.get('k'), {});
});

test('a failed reset of one test does not fail the next test', async () => {
  const framework = new Framework();
  const {sdk, stowage} = framework;
  await framework.test(async () => {
    await stowage.app.uninstall();
    sdk.resetLocalStores();
  });
  await framework.test(async () => {
    assert.deepEqual(await sdk.storage.kvStore.get('k'), {});
  });
});

test('a test whose beforeEach fails does not affect later tests', async () => {
  let isRunning = false;
  const framework = new Framework({requestTimeoutMs: 5_000});
  framework.register('beforeEach')(() => (isRunning ? Promise.resolve() : Promise.reject(new Error('not ready'))));
  await assert.rejects(framework.test(() => undefined), /not ready/);
  await framework.call('afterEach');
  isRunning = true;
  await framework.test(async () => {
    assert.deepEqual(await framework.sdk.storage.kvStore.get('k'), {});
  });
});

test('concurrent tests without withApp fail, and the message names it', async () => {
  const framework = new Framework();
  const {sdk, stowage} = framework;
  const bodies = [1, 2, 3].map((i) => framework.test(() => sdk.storage.kvStore.put('k', {i})));
  const outcomes = await Promise.allSettled(bodies);
  assert.deepEqual(outcomes.map(({status}) => status), ['rejected', 'rejected', 'rejected']);
  assert.match(String((outcomes[0] as PromiseRejectedResult).reason), /several tests are running.*describe\.concurrent.*stowage\.withApp/s);

  await framework.test(async () => {
    assert.deepEqual(await sdk.storage.kvStore.get('k'), {});
    assert.ok(stowage.app);
  });
});

test('an ambiguous call fails a test that ignores the error of the call', async () => {
  const framework = new Framework();
  const ignoring = (): Promise<unknown> => framework.sdk.storage.kvStore.get('k').catch(() => undefined);
  const outcomes = await Promise.allSettled([framework.test(ignoring), framework.test(ignoring)]);
  assert.ok(outcomes.some(({status}) => status === 'rejected'));
});

test('concurrent tests with withApp have an app each', async () => {
  const framework = new Framework();
  const {sdk, stowage} = framework;
  await Promise.all(
    [1, 2, 3].map((i) =>
      framework.test(() =>
        stowage.withApp(async () => {
          await sdk.storage.kvStore.put('k', {i});
          assert.deepEqual(await sdk.storage.kvStore.get('k'), {i});
        }),
      ),
    ),
  );
});

test('a call outside of all tests is an error that lists the possible causes', async () => {
  const framework = new Framework();
  const refusal = await refusalOf(framework.sdk.storage.kvStore.get('k'));
  assert.equal(refusal.code, 'unavailable');
  assert.match(refusal.message, /kvStore\.get of 'k' was called while no test is running.*beforeAll.*withApp/s);
  assert.throws(() => framework.stowage.clock, /A test control was called while no test is running/);
  assert.equal(await codeOf(framework.sdk.storage.kvStore.patch('k', (previous) => previous)), 'unavailable');
});
