// What a client does that is generated from openapi.yaml. openapi.test.ts generates stowage.d.ts beside it, compiles it and runs it.
import assert from 'node:assert/strict';

import createClient from 'openapi-fetch';

import type {components, paths} from './stowage.js';

type Hash = components['schemas']['Hash'];

const baseUrl = process.env['STOWAGE_URL'] ?? '';
const admin = createClient<paths>({baseUrl});
const appId = `openapi-${process.pid}`;

const installed = await admin.POST('/_emulator/installs', {body: {appId}});
assert.ok(installed.data);
const {apiKey, installId} = installed.data;
const client = createClient<paths>({baseUrl, headers: {Authorization: `Bearer ${apiKey}`}});
const kvStore = {params: {path: {store: 'kvStore'}}} as const;
const secrets = {params: {path: {store: 'secrets'}}} as const;

// Each operation has its own arguments and its own result.
const put = await client.POST('/v1/{store}/put', {
  ...kvStore,
  body: {key: 'k', value: {n: 1, days: {$numberSet: [1]}, nested: {list: [null, 'a']}}, ttl: 60},
});
assert.deepEqual(put.data?.result, {});
const got = await client.POST('/v1/{store}/get', {...kvStore, body: {key: 'k'}});
assert.ok(got.data);
const record: Hash = got.data.result;
const version: number = got.data.version;
const ttl: number | undefined = got.data.ttl;
assert.equal(record['n'], 1);
assert.ok(ttl !== undefined && ttl <= 60);
const secret = await client.POST('/v1/{store}/put', {...secrets, body: {key: 'k', value: {token: 'abc'}}});
assert.equal(secret.data?.result, true);

const sum = await client.POST('/v1/{store}/increment', {...kvStore, body: {key: 'k', field: 'n'}});
const total: number | undefined = sum.data?.result;
assert.equal(total, 2);
const added = await client.POST('/v1/{store}/addNumberMulti', {...kvStore, body: {key: 'k', values: {days: [1, 2]}}});
const days: number[] | undefined = added.data?.result['days']?.$numberSet;
assert.deepEqual(days, [2]);
const none = await client.POST('/v1/{store}/shift', {...kvStore, body: {key: 'k', field: 'none'}});
assert.deepEqual(none.data, {});
const lists = await client.POST('/v1/{store}/peekMulti', {...kvStore, body: {key: 'k', counts: {none: 3}}});
assert.deepEqual(lists.data?.result['none'], []);

// Errors have a code from a closed set.
const stale = await client.POST('/v1/{store}/put', {...kvStore, body: {key: 'k', value: {}, ifVersion: version}});
const code: components['schemas']['Problem']['code'] | undefined = stale.error?.code;
assert.equal(code, 'version_conflict');

// The control plane and plugin data.
await admin.PUT('/_emulator/clock', {params: {query: {appId}}, body: {mode: 'manual'}});
await admin.POST('/_emulator/clock/advance', {params: {query: {appId}}, body: {seconds: 62}});
const expired = await client.POST('/v1/{store}/exists', {...kvStore, body: {key: 'k'}});
assert.equal(expired.data?.result, false);
const armed = await admin.POST('/_emulator/faults', {
  params: {query: {appId}},
  body: {match: {operation: 'get'}, fault: {kind: 'unavailable'}},
});
assert.equal(armed.data?.times, 1);
assert.equal((await client.POST('/v1/{store}/get', {...kvStore, body: {key: 'k'}})).error?.code, 'unavailable');
const exported = await admin.GET('/_emulator/installs/{installId}/export', {
  params: {path: {installId}, query: {secrets: 'include'}},
});
assert.deepEqual(exported.data?.stores['secrets']?.['k']?.value, {token: 'abc'});
const plugin = {params: {path: {apiKey}}};
await admin.PUT('/user/persistent/{apiKey}', {...plugin, body: {data: {theme: 'dark'}}});
const data = await admin.GET('/user/persistent/{apiKey}', {...plugin, parseAs: 'json'});
assert.deepEqual(data.data, {theme: 'dark'});

// What does not compile: an argument of another operation, a missing one, an operation that the store does not have.
export const wrong = [
  // @ts-expect-error get has no amount
  (): components['schemas']['GetArguments'] => ({key: 'k', amount: 1}),
  // @ts-expect-error put needs a value
  () => client.POST('/v1/{store}/put', {...kvStore, body: {key: 'k'}}),
  // @ts-expect-error secrets can't count
  () => client.POST('/v1/{store}/increment', {...secrets, body: {key: 'k', field: 'n'}}),
  // @ts-expect-error a NumberSet has no strings
  () => client.POST('/v1/{store}/addNumber', {...kvStore, body: {key: 'k', field: 'days', value: 'one'}}),
];
console.log('every call had its result');
