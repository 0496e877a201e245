import assert from 'node:assert/strict';
import {fork} from 'node:child_process';
import {test} from 'node:test';

import {connect, type KVStore, startEmulator} from '@stowage/client';

import {codeOf, control, ownApp, refusalOf, URL_OF_EMULATOR} from './support.js';

interface Counter {
  n?: number;
  [field: string]: number | undefined;
}

const incremented = (previous: Counter): Counter => ({n: (previous.n ?? 0) + 1});

for (const store of ['kvStore', 'settings'] as const) {
  test(`50 concurrent updaters of a new key of ${store} all succeed, and none is lost`, async () => {
    const {stores} = await ownApp();
    const patch = (): Promise<Counter> =>
      store === 'kvStore' ? stores.kvStore.patch<Counter>('k', incremented) : stores.settings.patch<Counter>('k', incremented);
    const before = await Promise.all(Array.from({length: 50}, patch));
    assert.deepEqual(await (store === 'kvStore' ? stores.kvStore.get('k') : stores.settings.get('k')), {n: 50});
    // Each returns what the one before it had written: 0 to 49, once each.
    assert.deepEqual(
      before.map((previous) => previous.n ?? 0).sort((a, b) => a - b),
      Array.from({length: 50}, (_, i) => i),
    );
  });
}

test('50 concurrent updaters of 50 separate clients all succeed, and none is lost', async () => {
  const {install, stores} = await ownApp();
  const clients = Array.from({length: 50}, () =>
    connect({url: URL_OF_EMULATOR, apiKey: install.apiKey, sdk: false, patchTimeoutMs: 120_000}),
  );
  const before = await Promise.all(clients.map((client) => client.sharedKvStore.patch<Counter>('k', incremented)));
  assert.deepEqual(await stores.sharedKvStore.get('k'), {n: 50});
  assert.equal(new Set(before.map((previous) => previous.n ?? 0)).size, 50);
});

test('an updater that throws does not block those that wait', async () => {
  const {kvStore} = (await ownApp()).stores;
  const failing = Array.from({length: 5}, () =>
    kvStore.patch<Counter>('k', () => {
      throw new Error('mine');
    }),
  );
  const working = kvStore.patch<Counter>('k', incremented);
  const outcomes = await Promise.allSettled([...failing, working]);
  assert.deepEqual(
    outcomes.map((outcome) => outcome.status),
    [...failing.map(() => 'rejected'), 'fulfilled'],
  );
  assert.deepEqual(await kvStore.get('k'), {n: 1});
});

test('three processes on one shared key lose no update, and each of 200 queued elements is taken once', async () => {
  const {appId, install, stores} = await ownApp();
  const others = [await control.install({appId}), await control.install({appId})];
  const keys = [install.apiKey, ...others.map((other) => other.apiKey)];
  await stores.sharedKvStore.appendMulti('queue', {elements: Array.from({length: 200}, (_, i) => i)});
  const taken = await Promise.all(keys.map((apiKey) => takenInChildProcess(apiKey)));
  assert.equal((await stores.sharedKvStore.get<Counter>('shared')).n, 75);
  assert.deepEqual(
    taken.flat().sort((a, b) => a - b),
    Array.from({length: 200}, (_, i) => i),
  );
});

/** Starts a process that makes 25 concurrent patches and empties the queue. Returns the elements that it took. */
function takenInChildProcess(apiKey: string): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const child = fork(`${__dirname}/updaters-child.js`, [URL_OF_EMULATOR, apiKey], {timeout: 60_000});
    child.once('message', (taken) => {
      resolve(taken as number[]);
    });
    child.once('error', reject);
    child.once('exit', (status) => {
      reject(new Error(`The process ended with status ${status} and sent no message.`));
    });
  });
}

test('an error thrown by the updater is rethrown unchanged, and nothing is written', async () => {
  const {kvStore} = (await ownApp()).stores;
  await kvStore.put('k', {list: [1]});
  const mine = new TypeError('mine');
  for (const thrown of [mine, 'text', undefined]) {
    await assert.rejects(
      kvStore.patch<{list: number[]}>('k', (previous) => {
        previous.list.push(2);
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- any thrown value
        throw thrown;
      }),
      (error) => error === thrown,
    );
  }
  assert.deepEqual(await kvStore.get('k'), {list: [1]});
});

test('an updater that returns a promise or undefined is an error, and nothing is written', async () => {
  const {kvStore} = (await ownApp()).stores;
  await kvStore.put('k', {a: 1});
  const promised = await refusalOf(kvStore.patch('k', (previous) => Promise.resolve(previous) as never));
  assert.match(promised.message, /promise/);
  const failed = await refusalOf(kvStore.patch('k', () => Promise.reject(new Error('later')) as never));
  assert.equal(failed.code, 'invalid_value');
  const nothing = await refusalOf(kvStore.patch('k', () => undefined as never));
  assert.match(nothing.message, /returned nothing/);
  assert.deepEqual(await kvStore.get('k'), {a: 1});
});

test('an updater is called again after each conflict, with a fresh copy', async () => {
  const {appId, stores} = await ownApp();
  await stores.kvStore.put('k', {list: [1]}, {ttl: 60});
  await control.arm({match: {operation: 'put'}, times: 20, fault: {kind: 'conflict'}}, appId);
  let runs = 0;
  await stores.kvStore.patch<{list: number[]}>('k', (previous, options) => {
    runs++;
    previous.list.push(2);
    options.ttl = (options.ttl ?? 0) + 1;
    return previous;
  });
  assert.equal(runs, 21);
  assert.deepEqual(await stores.kvStore.get('k'), {list: [1, 2]});
  const [install] = (await control.installs()).filter((candidate) => candidate.appId === appId);
  assert.equal((await control.records(install?.installId ?? 0)).stores.kvStore?.['k']?.ttl, 61);
});

const WRITES: [string, (store: KVStore, key: string) => Promise<unknown>][] = [
  ['put', (store, key) => store.put(key, {b: 1})],
  ['patch', (store, key) => store.patch(key, {b: 1})],
  ['patch with an updater', (store, key) => store.patch(key, (previous) => previous)],
  ['delete', (store, key) => store.delete(key)],
  ['increment', (store, key) => store.increment(key, 'n')],
  ['append', (store, key) => store.append(key, 'l', 1)],
  ['addString', (store, key) => store.addString(key, 's', 'x')],
];

for (const [name, write] of WRITES) {
  test(`${name} inside an updater of the same record fails at once`, async () => {
    const {kvStore} = (await ownApp()).stores;
    await kvStore.put('k', {a: 1});
    let calls = 0;
    const refusal = await refusalOf(
      kvStore.patch('k', (previous) => {
        calls++;
        void write(kvStore, 'k');
        return {...previous, c: 1};
      }),
    );
    assert.equal(refusal.code, 'invalid_request');
    assert.match(refusal.message, /of 'k' was called inside an updater of the same record.*write after the patch has resolved/);
    assert.equal(calls, 1);
    assert.deepEqual(await kvStore.get('k'), {a: 1});
  });
}

test('a write inside an updater fails the patch even if the updater ignores the error', async () => {
  const {kvStore} = (await ownApp()).stores;
  const refusal = await refusalOf(
    kvStore.patch('k', (previous) => {
      try {
        void kvStore.put('k', {b: 1});
      } catch {
        // Ignored.
      }
      return {...previous, c: 1};
    }),
  );
  assert.match(refusal.message, /inside an updater/);
});

test('a write that code called by an updater makes later fails at once, too', async () => {
  const {appId, stores} = await ownApp();
  const {kvStore} = stores;
  await control.arm({match: {operation: 'put'}, times: 3, fault: {kind: 'conflict'}}, appId);
  const later: Promise<unknown>[] = [];
  const audit = async (): Promise<void> => {
    await Promise.resolve();
    await kvStore.put('k', {audit: 1});
  };
  const refusal = await refusalOf(
    kvStore.patch('k', (previous) => {
      later.push(audit().catch((error: unknown) => error));
      return previous;
    }),
  );
  assert.match(refusal.message, /inside an updater/);
  assert.equal(await later[0], refusal);
});

test('an updater may read the same record and write other ones, and a write after the patch succeeds', async () => {
  const {kvStore, sharedKvStore} = (await ownApp()).stores;
  const others: Promise<unknown>[] = [];
  await kvStore.patch('k', (previous) => {
    others.push(kvStore.get('k'), kvStore.put('other', {b: 1}), sharedKvStore.put('k', {b: 1}));
    // Runs after the patch, though it was started inside.
    others.push(new Promise((resolve) => setTimeout(resolve, 200)).then(() => kvStore.patch('k', {later: 1})));
    return {...previous, c: 1};
  });
  await Promise.all(others);
  assert.deepEqual(await kvStore.get('k'), {c: 1, later: 1});
});

test('a patch with endless conflicts ends after the timeout, with an error that says what to do', async () => {
  const {appId, stores} = await ownApp({patchTimeoutMs: 100});
  await control.arm({match: {operation: 'put'}, times: 100_000, fault: {kind: 'conflict'}}, appId);
  const refusal = await refusalOf(stores.kvStore.patch('k', (previous) => previous));
  assert.equal(refusal.code, 'version_conflict');
  assert.match(refusal.message, /patchTimeoutMs/);
  assert.equal(await stores.kvStore.exists('k'), false);
});

test('an updater sees no record and no ttl where the record has expired', async () => {
  const {appId, stores} = await ownApp();
  await stores.kvStore.put('k', {a: 1}, {ttl: 10});
  await control.advanceClock(12, appId);
  await stores.kvStore.patch('k', (previous, options) => {
    assert.deepEqual(previous, {});
    assert.deepEqual(options, {});
    return {b: 1};
  });
  assert.deepEqual(await stores.kvStore.get('k'), {b: 1});
});

test('calls complete under fake timers', async (context) => {
  const {stores} = await ownApp();
  context.mock.timers.enable();
  await Promise.all(Array.from({length: 5}, () => stores.kvStore.patch<Counter>('k', incremented)));
  assert.deepEqual(await stores.kvStore.get('k'), {n: 5});
});

test('after a reset the old key is refused, and after a stop the error says that the emulator is not running', async () => {
  const emulator = await startEmulator({app: 'own'});
  const stores = connect({...emulator, sdk: false});
  await stores.kvStore.put('k', {a: 1});
  await emulator.control.reset();
  assert.equal(await codeOf(stores.kvStore.get('k')), 'unauthenticated');
  await emulator.stop();
  const stopped = await refusalOf(stores.kvStore.get('k'));
  assert.equal(stopped.code, 'unavailable');
  assert.match(stopped.message, /Is the emulator running\? Nothing was done/);
});
