import assert from 'node:assert/strict';
import {createRequire} from 'node:module';
import {after, afterEach, beforeEach, test} from 'node:test';

import {eachTest} from '@stowage/client/testing';

import type * as Sdk from './app-sdk/index.js';

const sdk = createRequire(__filename)('../../test/app-sdk') as typeof Sdk;
const {storage} = sdk;

const stowage = eachTest({beforeEach, afterEach, afterAll: after, sdk});

/** Runs a test that is told of broken practices. */
const advised = (run: () => Promise<unknown>, off?: readonly string[]): Promise<void> =>
  stowage.withApp(async (app) => {
    await app.failOnAdvice(off);
    await run();
  });

test('a test whose app breaks a practice fails with what to do and the operations', async () => {
  await assert.rejects(
    advised(() => storage.kvStore.put('lock', {held: true})),
    (error: unknown) => {
      assert.ok(error instanceof Error);
      assert.match(error.message, /^The app breaks best practices of the storage:\n {2}no-ttl: 'lock' in kvStore: put without a ttl/);
      assert.match(error.message, /\n {4}kvStore\.put lock\n.*'no-ttl:lock'\.$/);
      return true;
    },
  );
  await assert.rejects(
    advised(async () => {
      for (let visit = 0; visit < 2; visit++) {
        const {n = 0} = await storage.kvStore.get<{n?: number}>('visits');
        await storage.kvStore.put('visits', {n: n + 1});
      }
    }),
    /get-then-put: 'visits' in kvStore/,
  );
});

test('a report passes and says the same', async (context) => {
  const warn = context.mock.method(console, 'warn', () => undefined);
  await stowage.withApp(async (app) => {
    await app.reportAdvice();
    await storage.kvStore.put('lock', {held: true});
  });
  assert.equal(warn.mock.callCount(), 1);
  assert.match(String(warn.mock.calls[0]?.arguments[0]), /no-ttl: 'lock' in kvStore/);
  await stowage.withApp((app) => app.reportAdvice());
  assert.equal(warn.mock.callCount(), 1);
});

test('the right versions pass, and a practice can be switched off', async () => {
  await advised(async () => {
    await storage.kvStore.put('lock', {held: true}, {ttl: 60});
    for (let visit = 0; visit < 2; visit++) {
      await storage.kvStore.patch<{n?: number}>('visits', ({n = 0}) => ({n: n + 1}));
    }
  });
  await advised(() => storage.kvStore.put('lock', {held: true}), ['no-ttl:lock']);
  await assert.rejects(advised(() => Promise.resolve(), ['no-such']), /There is no practice 'no-such'/);
});
