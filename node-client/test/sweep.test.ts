import assert from 'node:assert/strict';
import {createRequire} from 'node:module';
import {after, afterEach, beforeEach, test} from 'node:test';

import {StorageError} from '@stowage/client';
import {eachTest, SweepError, type SweepOptions, type TestApp} from '@stowage/client/testing';

import type * as Sdk from './app-sdk/index.js';

const sdk = createRequire(__filename)('../../test/app-sdk') as typeof Sdk;
const {storage} = sdk;

const stowage = eachTest({beforeEach, afterEach, afterAll: after, sdk});

/** What of the storage fails is for whoever called it; anything else is a mistake. */
async function tolerant(run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof StorageError)) {
      throw error;
    }
  }
}

async function broken(run: (app: TestApp) => Promise<unknown>, options?: SweepOptions): Promise<SweepError> {
  try {
    await stowage.sweep(run, options);
  } catch (error) {
    assert.ok(error instanceof SweepError, String(error));
    return error;
  }
  throw new Error('The sweep found nothing.');
}

test('what holds whatever happens passes, and the report says where that was tried', async () => {
  const report = await stowage.sweep(async (app) => {
    await tolerant(async () => {
      await storage.kvStore.put('lock', {holder: 1}, {ttl: 60});
      await storage.kvStore.patch<{n?: number}>('count', (previous) => ({n: (previous.n ?? 0) + 1}));
      await storage.kvStore.get('lock');
    });
    const {kvStore} = await app.records();
    assert.ok(Number(kvStore['count']?.['n'] ?? 0) <= 1);
  });
  assert.deepEqual(report.operations, [
    'kvStore.put lock',
    'kvStore.get count',
    'kvStore.put count',
    'kvStore.get lock',
  ]);
  assert.deepEqual(report.breakages, []);
  assert.deepEqual(
    report.places.filter((place) => !/^(unavailable|throttled|lost|malformedResponse|reinstall)/.test(place)),
    // A put without a version can't meet a conflict, and one record has a ttl that can run out.
    ['conflict at 3 of 4: kvStore.put count', 'expire at 4 of 4: kvStore.get lock'],
  );
  assert.equal(report.places.length, 6 * 4 + 2);
});

test('a mistake is found at the place where it is, and named', async () => {
  // The order is paid twice where the answer of the write that says so gets lost.
  const pay = async (payments: string[]): Promise<void> => {
    const order = await storage.kvStore.get<{paid?: boolean}>('order');
    if (order.paid !== true) {
      payments.push('paid');
      await storage.kvStore.put('order', {paid: true});
    }
  };
  const error = await broken(async () => {
    const payments: string[] = [];
    await storage.kvStore.put('order', {paid: false});
    await tolerant(() => pay(payments));
    await tolerant(() => pay(payments));
    assert.ok(payments.length <= 1, `paid ${payments.length} times`);
  }, {faults: ['lostRequest', 'lostResponse']});
  assert.deepEqual(
    error.report.breakages.map((breakage) => breakage.place),
    ['lostRequest at 1 of 4: kvStore.put order', 'lostRequest at 3 of 4: kvStore.put order', 'lostResponse at 1 of 4: kvStore.put order'],
  );
  assert.match(error.message, /^It breaks at 3 of 8 places:\n {2}lostRequest at 1 of 4: kvStore\.put order\n/);
  assert.match(error.message, /AssertionError: paid 2 times/);
});

test('a stale copy after a reinstall is found', async () => {
  const error = await broken(
    async () => {
      let cached: string | undefined;
      const token = async (): Promise<string> => {
        cached ??= (await storage.secrets.get<{token?: string}>('utoken')).token ?? 'new';
        return cached;
      };
      await storage.secrets.put('utoken', {token: 'old'});
      await token();
      await tolerant(() => storage.kvStore.put('k', {a: 1}));
      const {secrets} = await stowage.records();
      assert.equal(secrets['utoken'] === undefined ? 'new' : 'old', await token());
    },
    {faults: ['reinstall']},
  );
  assert.ok(error.report.breakages.some(({place}) => place === 'reinstall at 3 of 3: kvStore.put k'));
});

test('what hangs under a fault is a breakage, not a hang', async () => {
  const error = await broken(
    async () => {
      try {
        await storage.kvStore.put('k', {a: 1});
      } catch {
        await new Promise(() => undefined);
      }
    },
    {faults: ['unavailable'], timeoutMs: 3_000},
  );
  assert.match(error.message, /did not end within 3000 ms/);
});

test('what differs from run to run is told as that', async () => {
  let runs = 0;
  const error = await broken(() => storage.kvStore.get(`k${++runs}`));
  assert.match(error.message, /two runs without a fault differ: operation 1 was kvStore\.get k1 in the one and kvStore\.get k2/);
  const shorter = await broken(async () => {
    await storage.kvStore.get('a');
    if (++runs % 2 === 1) {
      await storage.kvStore.get('b');
    }
  });
  assert.match(shorter.message, /operation 2 was .*not there/);
});

test('what fails without a fault fails as it is; what does nothing is told', async () => {
  const mine = new Error('mine');
  await assert.rejects(stowage.sweep(() => Promise.reject(mine)), (error) => error === mine);
  await assert.rejects(stowage.sweep(() => Promise.resolve()), /no storage operation/);
});
