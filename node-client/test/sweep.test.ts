import assert from 'node:assert/strict';
import {createRequire} from 'node:module';
import {after, afterEach, beforeEach, test} from 'node:test';

import {StorageError} from '@stowage/client';
import {eachTest, SweepError, type SweepOptions, type TestApp} from '@stowage/client/testing';

import type * as Sdk from './app-sdk/index.js';

const sdk = createRequire(__filename)('../../test/app-sdk') as typeof Sdk;
const {storage} = sdk;

const stowage = eachTest({beforeEach, afterEach, afterAll: after, sdk});

/** Ignores storage errors, and rethrows all others. */
async function ignoringStorageErrors(run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof StorageError)) {
      throw error;
    }
  }
}

async function sweepError(run: (app: TestApp) => Promise<unknown>, options?: SweepOptions): Promise<SweepError> {
  try {
    await stowage.sweep(run, options);
  } catch (error) {
    assert.ok(error instanceof SweepError, String(error));
    return error;
  }
  throw new Error('The sweep passed.');
}

test('a run that tolerates every fault passes, and the report lists the injection points', async () => {
  const report = await stowage.sweep(async (app, fault) => {
    await ignoringStorageErrors(async () => {
      await storage.kvStore.put('lock', {holder: 1}, {ttl: 60});
      await storage.kvStore.patch<{n?: number}>('count', (previous) => ({n: (previous.n ?? 0) + 1}));
      await storage.kvStore.get('lock');
    });
    const {kvStore} = await app.records();
    // In a race, another instance of the app counts, too.
    assert.ok(Number(kvStore['count']?.['n'] ?? 0) <= (fault?.kind === 'race' ? 2 : 1));
  });
  assert.deepEqual(report.operations, [
    'kvStore.put lock',
    'kvStore.get count',
    'kvStore.put count',
    'kvStore.get lock',
  ]);
  assert.deepEqual(report.failures, []);
  assert.deepEqual(
    report.injectionPoints.filter((point) => !/^(unavailable|throttled|lost|malformedResponse|reinstall)/.test(point)),
    // A put without a version cannot be refused with a conflict, and only one record has a ttl.
    [
      'race at 1 of 4: kvStore.put lock',
      'conflict at 3 of 4: kvStore.put count',
      'race at 3 of 4: kvStore.put count',
      'expire at 4 of 4: kvStore.get lock',
    ],
  );
  // Before the first operation, the app has nothing that a reinstall could make stale.
  assert.equal(report.injectionPoints.length, 5 * 4 + 3 + 4);
});

test('a mistake is found, and the error names its injection points', async () => {
  // The order is paid twice if a write is lost, or if the response to the first write is.
  const pay = async (payments: string[]): Promise<void> => {
    const order = await storage.kvStore.get<{paid?: boolean}>('order');
    if (order.paid !== true) {
      payments.push('paid');
      await storage.kvStore.put('order', {paid: true});
    }
  };
  const error = await sweepError(async () => {
    const payments: string[] = [];
    await storage.kvStore.put('order', {paid: false});
    await ignoringStorageErrors(() => pay(payments));
    await ignoringStorageErrors(() => pay(payments));
    assert.ok(payments.length <= 1, `paid ${payments.length} times`);
  }, {faults: ['lostRequest', 'lostResponse']});
  assert.deepEqual(
    error.report.failures.map((failure) => failure.injectionPoint),
    ['lostRequest at 1 of 4: kvStore.put order', 'lostResponse at 1 of 4: kvStore.put order', 'lostRequest at 3 of 4: kvStore.put order'],
  );
  assert.match(error.message, /^The run failed at 3 of 8 injection points:\n {2}lostRequest at 1 of 4: kvStore\.put order\n/);
  assert.match(error.message, /AssertionError: paid 2 times/);
});

test('a stale cached value after a reinstall is found', async () => {
  const error = await sweepError(
    async () => {
      let cached: string | undefined;
      const token = async (): Promise<string> => {
        cached ??= (await storage.secrets.get<{token?: string}>('utoken')).token ?? 'new';
        return cached;
      };
      await storage.secrets.put('utoken', {token: 'old'});
      await token();
      await ignoringStorageErrors(() => storage.kvStore.put('k', {a: 1}));
      const {secrets} = await stowage.records();
      assert.equal(secrets['utoken'] === undefined ? 'new' : 'old', await token());
    },
    {faults: ['reinstall']},
  );
  assert.ok(error.report.failures.some(({injectionPoint}) => injectionPoint === 'reinstall at 3 of 3: kvStore.put k'));
});

test('a run that hangs under a fault is a failure', async () => {
  const error = await sweepError(
    async () => {
      try {
        await storage.kvStore.put('k', {a: 1});
      } catch {
        await new Promise(() => undefined);
      }
    },
    {faults: ['unavailable'], timeoutMs: 3_000},
  );
  assert.match(error.message, /The run did not end within 3000 ms/);
});

test('a run whose operations differ from the first run is an error that says so', async () => {
  let runs = 0;
  const error = await sweepError(() => storage.kvStore.get(`k${++runs}`));
  assert.match(error.message, /not deterministic: operation 1 was kvStore\.get k1 in the first run, but kvStore\.get k2 in the second/);
  const shorter = await sweepError(async () => {
    await storage.kvStore.get('a');
    if (++runs % 2 === 1) {
      await storage.kvStore.get('b');
    }
  });
  assert.match(shorter.message, /operation 2 was kvStore\.get b in the first run, but not reached in the second/);
});

test('an error without a fault is rethrown, and a run without operations is an error', async () => {
  const mine = new Error('mine');
  await assert.rejects(stowage.sweep(() => Promise.reject(mine)), (error) => error === mine);
  await assert.rejects(stowage.sweep(() => Promise.resolve()), /made no storage operation/);
});
