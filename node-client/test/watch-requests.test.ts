import assert from 'node:assert/strict';
import {createServer, get, request, type Server} from 'node:http';
import {createRequire} from 'node:module';
import type {AddressInfo} from 'node:net';
import {after, afterEach, before, beforeEach, test} from 'node:test';

import {eachTest} from '@stowage/client/testing';

import type * as Sdk from './app-sdk/index.js';

const sdk = createRequire(__filename)('../../test/app-sdk') as typeof Sdk;
const {storage} = sdk;

const stowage = eachTest({beforeEach, afterEach, afterAll: after, sdk});

const OLD = 'u-4711-secret-token';

let server: Server;
let url: string;
let answer = '{}';

before(async () => {
  server = createServer((_, response) => {
    response.writeHead(200, {'Content-Type': 'application/json'});
    response.end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/orders`;
});

after(() => {
  server.close();
  server.closeAllConnections();
});

beforeEach(() => {
  answer = '{}';
});

/** Stores a token, reinstalls the app, and then sends with the token of the old install. */
async function afterReinstall(send: (token: string) => Promise<unknown>): Promise<void> {
  await stowage.withApp(async (app) => {
    await app.watchRequests();
    await storage.secrets.put('utoken', {token: OLD});
    const {token} = await storage.secrets.get<{token: string}>('utoken');
    await send(token);
    await app.reinstall();
    await send(token);
  });
}

const viaFetch = async (token: string): Promise<unknown> =>
  (await fetch(url, {headers: {Authorization: `Bearer ${token}`}})).json();

const viaHttp = (token: string): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const sent = request(url, {method: 'POST'}, (response) => {
      response.resume().on('end', resolve);
    });
    sent.on('error', reject);
    sent.write('{"token":');
    sent.end(`"${token}"}`);
  });

const viaGet = (token: string): Promise<unknown> =>
  new Promise((resolve, reject) => {
    get(`${url}?token=${token}`, (response) => {
      response.resume().on('end', resolve);
    }).on('error', reject);
  });

for (const [name, send, where] of [
  ['fetch', viaFetch, 'GET http://127.0.0.1:[0-9]+/orders, in its header authorization'],
  ['http.request', viaHttp, 'POST http://127.0.0.1:[0-9]+/orders, in its body'],
  ['http.get', viaGet, 'GET http://127.0.0.1:[0-9]+/orders, in its URL'],
] as const) {
  test(`a token of the old install that is sent with ${name} fails the test, masked`, async () => {
    await assert.rejects(afterReinstall(send), (error: unknown) => {
      assert.ok(error instanceof Error);
      assert.match(error.message, /^The app uses a value of an install that has ended \(a stale cache\):\n/);
      assert.match(error.message, /'u-…' \(19 characters\): install \d+ stored it in secrets, key 'utoken', field 'token'/);
      assert.match(error.message, new RegExp(`sent this value with the request ${where}`));
      assert.ok(!error.message.includes(OLD));
      return true;
    });
  });
}

test('a token that the service has issued again is not stale', async () => {
  for (const send of [viaFetch, viaHttp]) {
    await afterReinstall(async (token) => {
      answer = JSON.stringify({token});
      await send('another-token');
      answer = '{}';
      await send(token);
    });
  }
});

test('an old value that the app writes to a store fails the test, also without a request', async () => {
  await assert.rejects(
    stowage.withApp(async (app) => {
      await app.watchRequests();
      await storage.settings.put('account', {id: 'account-4711'});
      const {id} = await storage.settings.get<{id: string}>('account');
      await app.reinstall();
      await storage.kvStore.put('job', {account: id});
    }),
    /wrote this value with kvStore.put of 'job', field 'account'/,
  );
});

test('known values, requests before the reinstall and those of other tests are not reported', async () => {
  await stowage.withApp(async (app) => {
    await app.watchRequests({knownValues: [OLD]});
    await storage.secrets.put('utoken', {token: OLD});
    await app.reinstall();
    await viaFetch(OLD);
  });
  await stowage.withApp(async (app) => {
    await app.watchRequests();
    await storage.secrets.put('utoken', {token: OLD});
    await app.reinstall();
    await stowage.withApp(() => viaFetch(OLD));
  });
});

test('after the test, fetch and http are as they were', async () => {
  const {fetch: fetchBefore} = globalThis;
  const http = createRequire(__filename)('node:http') as {request: unknown};
  const requestBefore = http.request;
  await stowage.withApp(async (app) => {
    await app.watchRequests();
    assert.notEqual(globalThis.fetch, fetchBefore);
  });
  assert.equal(globalThis.fetch, fetchBefore);
  assert.equal(http.request, requestBefore);
});
