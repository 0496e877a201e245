'use strict';

const {remember: rememberInLibrary} = require('library');
const sdk = require('@zaiusinc/app-sdk');
const stowage = require('./stowage.jest.js');
const everyOrder = require('./everyOrder.cjs');

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

test('withApp gives each concurrent function its own app', async () => {
  const read = (i) =>
    stowage.withApp(async () => {
      await storage.kvStore.put('k', {i});
      return storage.kvStore.get('k');
    });
  expect(await Promise.all([read(1), read(2), read(3)])).toEqual([{i: 1}, {i: 2}, {i: 3}]);
});

test('after resetModules the app uses the emulator', async () => {
  jest.resetModules();
  await require('./app.js').remember(1);
  expect(await stored('app')).toEqual({value: 1});
  expect(require('./stowage.jest.js').app.appId).toBe(stowage.app.appId);
});

test('in isolateModules the app uses the emulator', async () => {
  let app;
  jest.isolateModules(() => {
    app = require('./app.js');
  });
  await app.remember(2);
  expect(await stored('app')).toEqual({value: 2});
});

test('a library with its own copy of the SDK uses the emulator', async () => {
  await rememberInLibrary(3);
  expect(await stored('library')).toEqual({value: 3});
});

test('calls complete under fake timers, also after resetModules', async () => {
  jest.useFakeTimers();
  jest.resetModules();
  await require('./app.js').remember(4);
  await storage.kvStore.patch('app', (previous) => ({...previous, more: 1}));
  jest.useRealTimers();
  expect(await stored('app')).toEqual({value: 4, more: 1});
});

test('every order and every fault', () => everyOrder(stowage, storage));
