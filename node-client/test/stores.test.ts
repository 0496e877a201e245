import assert from 'node:assert/strict';
import {test} from 'node:test';

import {type KVStore, NumberSet, StringSet} from '@stowage/client';

import {codeOf, control, ownApp, refusalOf} from './support.js';

test('records are read, replaced, patched and deleted', async () => {
  const {kvStore, secrets} = (await ownApp()).stores;
  assert.deepEqual(await kvStore.get('k'), {});
  assert.deepEqual(await kvStore.put('k', {a: 1, b: [1, 'x', null]}), {});
  assert.deepEqual(await kvStore.put('k', {a: 2}), {a: 1, b: [1, 'x', null]});
  assert.deepEqual(await kvStore.patch('k', {c: true}), {a: 2});
  assert.deepEqual(await kvStore.get('k'), {a: 2, c: true});
  assert.deepEqual(await kvStore.get('k', ['c', 'nothing']), {c: true});
  assert.deepEqual(await kvStore.get('k', []), {});
  assert.deepEqual(await kvStore.delete('k', ['a', 'nothing']), {a: 2});
  assert.equal(await kvStore.exists('k'), true);
  assert.deepEqual(await kvStore.delete('k'), {c: true});
  assert.equal(await kvStore.exists('k'), false);

  assert.equal(await secrets.put('a/b', {token: 'x'}), true);
  assert.deepEqual(await secrets.patch('a/b', {issued: 1}), {token: 'x'});
  assert.deepEqual(await secrets.patch('a/b', (previous) => ({...previous, issued: 2})), {token: 'x', issued: 1});
  assert.deepEqual(await secrets.get('a/b'), {token: 'x', issued: 2});
  assert.equal(await secrets.delete('a/b', ['token']), true);
  assert.equal(await secrets.delete('a/b'), true);
});

test('numbers, lists and sets are changed and read', async () => {
  const {kvStore} = (await ownApp()).stores;
  assert.equal(await kvStore.increment('n', 'a'), 1);
  assert.equal(await kvStore.increment('n', 'a', -0.5), 0.5);
  assert.deepEqual(await kvStore.incrementMulti('n', {a: 1, b: 2}), {a: 1.5, b: 2});

  await kvStore.append('l', 'q', 3);
  await kvStore.unshiftMulti('l', {q: [1, 2]});
  await kvStore.appendMulti('l', {q: [null]});
  assert.equal(await kvStore.peek('l', 'q'), 1);
  assert.deepEqual(await kvStore.shiftMulti('l', {q: 3, r: 1}), {q: [1, 2, 3], r: []});
  assert.equal(await kvStore.shift('l', 'q'), null);
  assert.equal(await kvStore.shift('l', 'q'), undefined);
  await kvStore.unshift('l', 'q', {deep: [1]});
  assert.deepEqual(await kvStore.peekMulti('l', {q: 5}), {q: [{deep: [1]}]});

  assert.equal(await kvStore.addNumber('s', 'n', 1), true);
  assert.deepEqual(await kvStore.addNumberMulti('s', {n: [1, 2, 2]}), {n: new NumberSet([2])});
  assert.deepEqual(await kvStore.hasNumberMulti('s', {n: [1, 5]}), {n: new NumberSet([1])});
  assert.equal(await kvStore.removeNumber('s', 'n', 1), true);
  assert.equal(await kvStore.hasNumber('s', 'n', 1), false);
  assert.deepEqual(await kvStore.removeNumberMulti('s', {n: [2]}), {n: new NumberSet([2])});
  assert.equal(await kvStore.addString('s', 't', ''), true);
  assert.deepEqual(await kvStore.addStringMulti('s', {t: ['', 'x']}), {t: new StringSet(['x'])});
  assert.equal(await kvStore.hasString('s', 't', 'x'), true);
  assert.deepEqual(await kvStore.hasStringMulti('s', {t: ['x', 'y']}), {t: new StringSet(['x'])});
  assert.deepEqual(await kvStore.removeStringMulti('s', {t: ['x']}), {t: new StringSet(['x'])});
  assert.equal(await kvStore.removeString('s', 't', 'x'), false);
});

test('a set reads back as a set, also a nested one, and a hash that looks like a tagged set as a hash', async () => {
  const {kvStore} = (await ownApp()).stores;
  const record = {
    n: new NumberSet([2, 1]),
    s: new StringSet(['b', 'a']),
    list: [new NumberSet([1]), 2],
    tagged: {$numberSet: 'text'},
    more: {$literal: {$stringSet: ['x']}},
    two: {$numberSet: [1], other: 1},
  };
  await kvStore.put('k', record);
  const back = await kvStore.get('k');
  assert.deepEqual(back, record);
  assert.ok(back.n instanceof NumberSet);
});

test('the ttl is kept, restarted or removed as the options say', async () => {
  const {appId, stores} = await ownApp();
  const {kvStore} = stores;
  const left = async (): Promise<number | undefined> => {
    let seen: number | undefined;
    await kvStore.patch('k', (previous, options) => {
      seen = options.ttl;
      return previous;
    });
    return seen;
  };
  await kvStore.put('k', {a: 1}, {ttl: 60});
  await control.advanceClock(10, appId);
  assert.equal(await left(), 50);
  await kvStore.patch('k', {b: 1});
  await kvStore.patch('k', {b: 1}, {});
  assert.equal(await left(), 50, 'patch without ttl keeps it');
  await kvStore.increment('k', 'n', 1, {ttl: 30});
  assert.equal(await left(), 30);
  await kvStore.patch('k', {b: 1}, {ttl: undefined});
  assert.equal(await left(), undefined, 'ttl: undefined removes it');
  await kvStore.put('k', {a: 1}, {ttl: 60});
  await kvStore.put('k', {a: 1}, {ttl: undefined});
  assert.equal(await left(), undefined, 'put without ttl leaves none');
});

test('an updater may set, remove or keep the ttl; if it keeps it, that of the options applies', async () => {
  const {appId, stores} = await ownApp();
  const {kvStore} = stores;
  const ttl = async (): Promise<number | undefined> => (await control.records(await installIdOf(appId))).stores.kvStore?.['k']?.ttl;
  await kvStore.put('k', {a: 1}, {ttl: 60});
  await kvStore.patch('k', (previous, options) => {
    options.ttl = 10;
    return previous;
  });
  assert.equal(await ttl(), 10);
  await kvStore.patch('k', (previous) => previous);
  assert.equal(await ttl(), 10);
  await kvStore.patch('k', (previous) => previous, {ttl: 20});
  assert.equal(await ttl(), 20);
  await kvStore.patch('k', (previous, options) => {
    delete options.ttl;
    return previous;
  }, {ttl: 99});
  assert.equal(await ttl(), undefined);
  await kvStore.patch('k', (previous) => previous, {ttl: 20});
  await kvStore.patch('k', (previous) => previous, {ttl: undefined});
  assert.equal(await ttl(), undefined);
});

async function installIdOf(appId: string): Promise<number> {
  return (await control.installs()).find((install) => install.appId === appId)?.installId ?? 0;
}

test('undefined is left out, null is a value, and inherited names are ordinary fields', async () => {
  const {kvStore} = (await ownApp()).stores;
  await kvStore.put('k', {a: undefined, b: null, constructor: 1, toString: 'x', hasOwnProperty: null});
  const back = await kvStore.get('k');
  assert.deepEqual(Object.keys(back).sort(), ['b', 'constructor', 'hasOwnProperty', 'toString']);
  assert.deepEqual(await kvStore.get('constructor'), {});
  assert.deepEqual(await kvStore.get('none', ['toString']), {});
  assert.equal(await kvStore.increment('__proto__', 'valueOf'), 1);
});

test('a field called __proto__ is written and read like any other', async () => {
  const {kvStore, settings} = (await ownApp()).stores;
  const record = JSON.parse('{"__proto__":{"x":1,"__proto__":2},"a":1}') as Record<string, never>;
  for (const store of [kvStore, settings as unknown as KVStore]) {
    await store.put('k', record);
    const back = await store.get('k');
    assert.deepEqual(Object.getOwnPropertyNames(back).sort(), ['__proto__', 'a']);
    assert.equal((back as {x?: unknown}).x, undefined);
    assert.deepEqual(Object.keys(await store.get('k', ['__proto__'])), ['__proto__']);
    await store.patch('k', (previous: object) => previous as never);
    assert.equal(JSON.stringify(await store.get('k')), JSON.stringify(record));
  }
  const own = JSON.parse('{"__proto__":1}') as Record<string, number>;
  assert.equal(JSON.stringify(await kvStore.incrementMulti('n', own)), '{"__proto__":1}');
  assert.equal(({} as {x?: unknown}).x, undefined);
});

test('arguments and results are not shared with the caller', async () => {
  const {kvStore} = (await ownApp()).stores;
  const passed = {list: [1], deep: {a: 1}};
  const put = kvStore.put('k', passed);
  passed.list.push(2);
  passed.deep.a = 2;
  await put;
  const got = await kvStore.get<{list: number[]}>('k');
  assert.deepEqual(got, {list: [1], deep: {a: 1}});
  got.list.push(9);
  const before = await kvStore.patch<{list: number[]}>('k', (previous) => {
    previous.list.push(3);
    return previous;
  });
  assert.deepEqual(before, {list: [1], deep: {a: 1}}, 'from before the updater changed its copy');
  assert.deepEqual(await kvStore.get('k'), {list: [1, 3], deep: {a: 1}});
});

const UNSTORABLE: [string, unknown][] = [
  ['NaN', NaN],
  ['Infinity', -Infinity],
  ['a bigint', 1n],
  ['a function', () => 1],
  ['a symbol', Symbol('x')],
  ['a Map', new Map()],
  ['a RegExp', /x/],
  ['a typed array', new Uint8Array(1)],
  ['a plain Set', new Set([1])],
  ['a promise', Promise.resolve(1)],
  ['undefined in a list', [undefined]],
  ['a hole in a list', new Array(1)],
  ['half a surrogate pair', '\ud800'],
  ['a text in a NumberSet', new NumberSet(['x' as unknown as number])],
  ['an empty field name', {'': 1}],
];

for (const [name, value] of UNSTORABLE) {
  test(`${name} is refused and not silently changed`, async () => {
    const {kvStore} = (await ownApp()).stores;
    const refusal = await refusalOf(kvStore.put('k', {field: value as never}));
    assert.equal(refusal.code, 'invalid_value');
    assert.equal(refusal.field, 'field');
    assert.equal(refusal.key, 'k');
    assert.equal(await kvStore.exists('k'), false);
    assert.equal(await codeOf(kvStore.append('k', 'l', value as never)), 'invalid_value');
  });
}

test('dates, instances and -0 are stored as JSON.stringify writes them', async () => {
  const {settings} = (await ownApp()).stores;
  class Point {
    constructor(readonly x: number) {}
  }
  await settings.put('k', {date: new Date(0), point: new Point(1), zero: -0} as never);
  assert.deepEqual(await settings.get('k'), {date: '1970-01-01T00:00:00.000Z', point: {x: 1}, zero: 0});
});

test('toJSON is applied once, as JSON.stringify does', async () => {
  const {settings} = (await ownApp()).stores;
  const endless = {
    toJSON: (): object => ({a: 1, toJSON: endless.toJSON}),
  };
  const inner = {toJSON: () => ({b: 2, nested: new Date(0), toJSON: undefined})};
  await settings.put('k', {inner, list: [inner]} as never);
  assert.deepEqual(await settings.get('k'), {
    inner: {b: 2, nested: '1970-01-01T00:00:00.000Z'},
    list: [{b: 2, nested: '1970-01-01T00:00:00.000Z'}],
  });
  // The function in the result is refused, as everywhere; before, it was called without end.
  assert.equal(await codeOf(settings.put('k', {endless} as never)), 'invalid_value');
  assert.equal(await codeOf(settings.put('k', endless as never)), 'invalid_value');
});

test('a record is a hash', async () => {
  const {kvStore, settings} = (await ownApp()).stores;
  for (const value of ['text', 1, null, [1], undefined, new NumberSet(), new Date()]) {
    for (const store of [kvStore, settings as unknown as KVStore]) {
      assert.equal(await codeOf(store.put('k', value as never)), 'invalid_value');
      assert.equal(await codeOf(store.patch('k', value as never)), 'invalid_value');
      assert.equal(await codeOf(store.patch('k', () => value as never)), 'invalid_value');
    }
  }
  assert.equal(await kvStore.exists('k'), false);
});

test('a cyclic value and 33 levels are too deep, 32 levels are not', async () => {
  const {kvStore} = (await ownApp()).stores;
  const loop: Record<string, unknown> = {};
  loop['self'] = loop;
  assert.equal(await codeOf(kvStore.put('k', loop as never)), 'invalid_value');
  const nest = (levels: number): object => (levels === 1 ? {} : {a: nest(levels - 1)});
  await kvStore.put('k', nest(32) as never);
  assert.equal(await codeOf(kvStore.put('k', nest(33) as never)), 'invalid_value');
});

test('bad arguments are refused with a code and a message', async () => {
  const {kvStore, secrets, settings} = (await ownApp()).stores;
  const bad: [() => Promise<unknown>, string][] = [
    [() => kvStore.get(5 as never), 'invalid_key'],
    [() => kvStore.get(''), 'invalid_key'],
    [() => secrets.get('a b'), 'invalid_key'],
    [() => secrets.put('k', {s: new NumberSet([1])} as never), 'invalid_value'],
    [() => kvStore.put('k', {}, {ttl: 0}), 'invalid_request'],
    [() => kvStore.put('k', {}, {ttl: NaN}), 'invalid_request'],
    [() => kvStore.put('k', {}, {ttl: '10' as never}), 'invalid_request'],
    [() => kvStore.increment('k', 'n', NaN), 'invalid_request'],
    [() => kvStore.increment('k', 'n', '1' as never), 'invalid_request'],
    [() => kvStore.increment('k', undefined as never), 'invalid_value'],
    [() => kvStore.incrementMulti('k', {a: undefined as never}), 'invalid_request'],
    [() => kvStore.incrementMulti('k', undefined as never), 'invalid_request'],
    [() => kvStore.shiftMulti('k', {l: -1}), 'invalid_request'],
    [() => kvStore.peekMulti('k', {l: 1.5}), 'invalid_request'],
    [() => kvStore.appendMulti('k', {l: 'ab' as never}), 'invalid_request'],
    [() => kvStore.addNumber('k', 's', '1' as never), 'invalid_value'],
    [() => kvStore.get('k', 'a' as never), 'invalid_request'],
    [() => (settings.put as KVStore['put'])('k', {}, {ttl: 5}), 'invalid_request'],
    [() => kvStore.put('k', {big: 'x'.repeat(409_600)}), 'record_too_large'],
  ];
  for (const [call, code] of bad) {
    const refusal = await refusalOf(call());
    assert.equal(refusal.code, code, refusal.message);
    assert.ok(refusal.message.length > 20);
  }
});

test('errors carry status, store, operation, key, field, limit and size', async () => {
  const {kvStore} = (await ownApp()).stores;
  await kvStore.put('k', {n: 'text'});
  const refusal = await refusalOf(kvStore.increment('k', 'n'));
  assert.equal(refusal.name, 'StorageError');
  assert.equal(refusal.code, 'wrong_type');
  assert.equal(refusal.status, 409);
  assert.equal(refusal.store, 'kvStore');
  assert.equal(refusal.operation, 'increment');
  assert.equal(refusal.key, 'k');
  assert.equal(refusal.field, 'n');
  const large = await refusalOf(kvStore.put('k', {big: 'x'.repeat(500_000)}));
  assert.equal(large.limit, 409_600);
  assert.ok((large.size ?? 0) > 500_000);
});
