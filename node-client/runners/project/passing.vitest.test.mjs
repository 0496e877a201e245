import {remember as rememberInLibrary} from 'library';
import {afterEach, describe, expect, test, vi} from 'vitest';
import * as sdk from '@zaiusinc/app-sdk';
import {stowage} from './stowage.vitest.mjs';
import everyOrder from './everyOrder.cjs';

const {storage} = sdk;
const stored = async (key) => (await stowage.records()).kvStore[key];

afterEach(() => {
  sdk.resetLocalStores();
});

test('each test has its own app', async () => {
  await storage.kvStore.put('k', {a: 1});
  expect(await stored('k')).toEqual({a: 1});
});

test('a reset in afterEach does not affect the next test', async () => {
  expect(await storage.kvStore.get('k')).toEqual({});
  await storage.kvStore.put('k', {a: 2});
});

describe.concurrent('withApp gives each concurrent test its own app', () => {
  for (const i of [1, 2, 3]) {
    test(`test ${i}`, () =>
      stowage.withApp(async () => {
        await storage.kvStore.put('k', {i});
        expect(await storage.kvStore.get('k')).toEqual({i});
      }));
  }
});

test('after resetModules the app uses the emulator', async () => {
  vi.resetModules();
  const app = await import('./app.js');
  await app.remember(1);
  expect(await stored('app')).toEqual({value: 1});
});

test('a library with its own copy of the SDK uses the emulator', async () => {
  await rememberInLibrary(3);
  expect(await stored('library')).toEqual({value: 3});
});

test('calls complete under fake timers', async () => {
  vi.useFakeTimers();
  await storage.kvStore.patch('k', (previous) => ({...previous, more: 1}));
  vi.useRealTimers();
  expect(await stored('k')).toEqual({more: 1});
});

test('every order and every fault', () => everyOrder(stowage, storage));
