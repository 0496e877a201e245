import {rememberInLibrary, stored, storage, stowage, sdk} from './stowage.node.mjs';

import assert from 'node:assert/strict';
import {afterEach, describe, mock, test} from 'node:test';
import everyOrder from './everyOrder.cjs';

afterEach(() => {
  sdk.resetLocalStores();
});

test('each test has its own app', async () => {
  await storage.kvStore.put('k', {a: 1});
  assert.deepEqual(await stored('k'), {a: 1});
});

test('a reset in afterEach does not affect the next test', async () => {
  assert.deepEqual(await storage.kvStore.get('k'), {});
  await storage.kvStore.put('k', {a: 2});
});

describe('withApp gives each concurrent test its own app', {concurrency: true}, () => {
  for (const i of [1, 2, 3]) {
    test(`test ${i}`, () =>
      stowage.withApp(async () => {
        await storage.kvStore.put('k', {i});
        assert.deepEqual(await storage.kvStore.get('k'), {i});
      }));
  }
});

test('a library with its own copy of the SDK uses the emulator', async () => {
  await rememberInLibrary(3);
  assert.deepEqual(await stored('library'), {value: 3});
});

test('calls complete under fake timers', async () => {
  mock.timers.enable();
  await storage.kvStore.patch('k', (previous) => ({...previous, more: 1}));
  mock.timers.reset();
  assert.deepEqual(await stored('k'), {more: 1});
});

test('every order and every fault', () => everyOrder(stowage, storage));
