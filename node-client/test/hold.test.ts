import assert from 'node:assert/strict';
import {createRequire} from 'node:module';
import {after, afterEach, beforeEach, test} from 'node:test';

import {StorageError} from '@stowage/client';
import {eachTest} from '@stowage/client/testing';

import type * as Sdk from './app-sdk/index.js';
import {codeOf} from './support.js';

const sdk = createRequire(__filename)('../../test/app-sdk') as typeof Sdk;
const {storage} = sdk;

const stowage = eachTest({beforeEach, afterEach, afterAll: after, sdk});

/** Reads and then writes: of two that run at once, one is lost. */
async function count(by: string): Promise<void> {
  const before = await storage.kvStore.get<{n?: number; by?: string}>('visits');
  await storage.kvStore.put('visits', {n: (before.n ?? 0) + 1, by});
}

test('operations take effect in the order of their release: the write of the first is lost', async () => {
  const hold = await stowage.hold({operation: 'put', key: 'visits'});
  const ann = count('ann');
  const [annsPut] = await hold.arrived(1);
  const bob = count('bob');
  const [, bobsPut] = await hold.arrived(2);
  assert.ok(annsPut !== undefined && bobsPut !== undefined);
  assert.deepEqual([annsPut.operation, annsPut.key, annsPut.operationId], ['put', 'visits', 1]);
  await hold.release(annsPut);
  await ann;
  await hold.release(bobsPut);
  await bob;
  assert.deepEqual(await storage.kvStore.get('visits'), {n: 1, by: 'bob'});
  await hold.close();
  await count('carl');
  assert.deepEqual(await storage.kvStore.get('visits'), {n: 2, by: 'carl'});
});

test('a hold that is closed releases all', async () => {
  const hold = await stowage.hold();
  const puts = [storage.kvStore.put('a', {n: 1}), storage.kvStore.put('b', {n: 1})];
  assert.equal((await hold.arrived(2)).length, 2);
  await hold.close();
  await Promise.all(puts);
  assert.equal(await codeOf(hold.waiting()), 'not_found');
});

test('what does not arrive is an error that names what did', async () => {
  const hold = await stowage.hold({operation: 'put'});
  const put = storage.kvStore.put('a', {n: 1});
  await assert.rejects(
    hold.arrived(2, 200),
    (error: unknown) => error instanceof StorageError && error.message.includes("1 of 2 operations are held: kvStore.put of 'a'"),
  );
  await hold.close();
  await put;
});

test('an operation that is not released in time is refused, and was not carried out', async () => {
  const hold = await stowage.hold({operation: 'put', deadlineMs: 50});
  assert.equal(await codeOf(storage.kvStore.put('a', {n: 1})), 'unavailable');
  assert.deepEqual(await storage.kvStore.get('a'), {});
  await hold.close();
});
