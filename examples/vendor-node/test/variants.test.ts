import {stowage} from './stowage.js';

import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {after, before, test} from 'node:test';

import {StorageError} from '@stowage/client';
import {InterleavingsError, SweepError, type SweepOptions, type SweptFault, type TestApp} from '@stowage/client/testing';
import {storage} from '@zaiusinc/app-sdk';

import {Vendor} from '../src/vendor.js';
import {authenticateOnce, restart} from './variants/cachingVendor.js';
import {connectCheckedFirst, connectStoredFirst} from './variants/connection.js';
import {runWithALockWithoutTtl, runWithAnExpiringLock} from './variants/job.js';
import {receivedByCounting, receivedById} from './variants/orders.js';
import {countByGetAndPut, countByPatch} from './variants/visits.js';

/*
 * Small apps in two variants each: one that works, and one with a mistake that ordinary tests do not find. The same test passes
 * with the one, and finds the mistake in the other at exactly the expected injection points.
 */

type Run = (app: TestApp, fault: SweptFault | undefined) => Promise<unknown>;

/** The error of the fault that a run has to expect may reject it, as in an app that lets its job fail. */
const OPTIONS: SweepOptions = {errorsMayEscape: true};

async function findings(run: Run): Promise<SweepError> {
  try {
    await stowage.sweep(run, OPTIONS);
  } catch (error) {
    assert.ok(error instanceof SweepError, String(error));
    return error;
  }
  throw new Error('The sweep found nothing.');
}

const points = (error: SweepError): string[] => error.report.failures.map(({injectionPoint}) => injectionPoint);

/** Ignores storage errors: the app's caller sees them, and the test looks at what is stored. */
async function ignoringStorageErrors<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    assert.ok(error instanceof StorageError, String(error));
    return undefined;
  }
}

let server: Server;
let url: string;

before(async () => {
  server = createServer((_, response) => {
    response.writeHead(200, {'Content-Type': 'application/json'});
    response.end('{"access_token": "token-4711"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

after(() => {
  server.close();
  server.closeAllConnections();
});

// Get and put

const everyVisitIsCounted =
  (count: (page: string) => Promise<void>): Run =>
  async (app, fault) => {
    await count('home');
    const {kvStore} = await app.records();
    assert.deepEqual(kvStore['home'], {visits: fault?.kind === 'race' ? 2 : 1});
  };

test('get and put is found at the put', async () => {
  await stowage.sweep(everyVisitIsCounted(countByPatch), OPTIONS);
  assert.deepEqual(points(await findings(everyVisitIsCounted(countByGetAndPut))), ['race at 2 of 2: kvStore.put home']);
});

test('get and put is found in an order of two visits at once', async () => {
  // orders: begin
  const twoVisitsAtOnceAreTwo = (count: (page: string) => Promise<void>) =>
    stowage.interleavings({ann: () => count('home'), bob: () => count('home')}, async () => {
      assert.deepEqual(await storage.kvStore.get('home'), {visits: 2});
    });
  // orders: end
  const report = await twoVisitsAtOnceAreTwo(countByPatch);
  assert.equal(report.exhaustive, true);
  await assert.rejects(twoVisitsAtOnceAreTwo(countByGetAndPut), (error: unknown) => {
    assert.ok(error instanceof InterleavingsError, String(error));
    assertInGuide(error.columns);
    return true;
  });
});

// A token that is stored unchecked

const onlyACheckedTokenIsStored =
  (connect: (token: string, accepts: () => boolean) => Promise<boolean>): Run =>
  async (app) => {
    await ignoringStorageErrors(() => connect('mistyped', () => false));
    assert.deepEqual((await app.records()).secrets, {});
  };

test('a token that is stored unchecked is found at both operations', async () => {
  await assert.rejects(
    stowage.sweep(onlyACheckedTokenIsStored(connectCheckedFirst), OPTIONS),
    /made no storage operation/,
  );
  assert.deepEqual(points(await findings(onlyACheckedTokenIsStored(connectStoredFirst))), [
    'lostResponse at 1 of 2: secrets.put token',
    'malformedResponse at 1 of 2: secrets.put token',
    'unavailable at 2 of 2: secrets.delete token',
    'throttled at 2 of 2: secrets.delete token',
    'lostRequest at 2 of 2: secrets.delete token',
  ]);
});

// A retry that counts twice

// sweep: begin
const anOrderIsCountedOnce =
  (received: (orderId: string) => Promise<void>): Run =>
  async (app) => {
    await received('order-1');
    const {ids, count} = (await app.records()).kvStore['orders'] ?? {};
    assert.equal(count ?? (ids as Set<string>).size, 1);
  };
// sweep: end

test('a retry that counts twice is found where the response is lost', async () => {
  await stowage.sweep(anOrderIsCountedOnce(receivedById), OPTIONS);
  const error = await findings(anOrderIsCountedOnce(receivedByCounting));
  assert.deepEqual(points(error), [
    'lostResponse at 1 of 1: kvStore.increment orders',
    'malformedResponse at 1 of 1: kvStore.increment orders',
  ]);
  assertInGuide(error.message.split('\n').filter((line) => !line.includes('AssertionError')).join('\n'));
});

// A lock that never expires

const theJobRunsAgainAfterItDied =
  (run: () => Promise<boolean>): Run =>
  async (app, fault) => {
    await app.clock.freeze();
    await ignoringStorageErrors(run);
    await app.clock.advance(3600);
    const ran = await ignoringStorageErrors(run);
    // In a race, another instance of the job holds the lock.
    assert.ok(ran !== false || fault?.kind === 'race');
  };

test('a lock that never expires is found wherever the job can die', async () => {
  await stowage.sweep(theJobRunsAgainAfterItDied(runWithAnExpiringLock), OPTIONS);
  const found = points(await findings(theJobRunsAgainAfterItDied(runWithALockWithoutTtl)));
  for (const expected of [
    'unavailable at 2 of 6: kvStore.increment job',
    'unavailable at 3 of 6: kvStore.delete lock',
    'lostResponse at 1 of 6: kvStore.put lock',
  ]) {
    assert.ok(found.includes(expected), `${expected} is not among ${found.join(', ')}`);
  }
  assert.ok(!found.some((point) => /at [456] of/.test(point)), found.join(', '));
});

// A token in a module

const reviewsAreSent =
  (authenticate: (vendor: Vendor) => Promise<string>): Run =>
  async (app) => {
    restart();
    // watch: begin
    await app.watchRequests();
    // watch: end
    const vendor = new Vendor(`${url}/token`);
    for (let review = 1; review <= 2; review++) {
      await storage.kvStore.increment('reviews', 'sent');
      await fetch(`${url}/reviews`, {method: 'POST', headers: {Authorization: `Bearer ${await authenticate(vendor)}`}});
    }
  };

test('a token in a module is found where the app is reinstalled', async () => {
  const credentials = {client_id: 'id', client_secret: 'secret'};
  await stowage.sweep(reviewsAreSent((vendor) => vendor.authenticate(credentials)), OPTIONS);
  const error = await findings(reviewsAreSent((vendor) => authenticateOnce(vendor, credentials)));
  assert.deepEqual(points(error), ['reinstall at 4 of 4: kvStore.increment reviews']);
  assert.match(
    String(error.report.failures[0]?.error),
    /stored it in secrets, key 'utoken', field 'token'.*POST http:.*\/reviews, in its header authorization/,
  );
});

/** The guide shows what the tests print. */
function assertInGuide(text: string): void {
  const guide = readFileSync('../../docs/testing.md', 'utf8');
  assert.ok(guide.includes(text), `docs/testing.md does not contain:\n${text}`);
}
