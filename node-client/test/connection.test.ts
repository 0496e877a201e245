import assert from 'node:assert/strict';
import http from 'node:http';
import {createServer, type AddressInfo} from 'node:net';
import {PassThrough} from 'node:stream';
import {test} from 'node:test';

import {connect, Control, type StorageError, type Stores} from '@stowage/client';

import {codeOf, control, ownApp, refusalOf} from './support.js';
import {type Handler, json, stub} from './stubServer.js';

const SHORT_MS = 150;

async function withStub(
  handler: Handler,
  use: (stores: Stores, url: string) => Promise<void>,
  requestTimeoutMs = 20_000,
): Promise<void> {
  const server = await stub(handler);
  const stores = connect({url: server.url, apiKey: 'k', sdk: false, requestTimeoutMs});
  try {
    await use(stores, server.url);
  } finally {
    stores.close();
    await server.close();
  }
}

test('connections are kept alive and shared', async () => {
  const server = await stub((_, response) => {
    json(response, 200, {result: {}, version: 0});
  });
  const stores = connect({url: `${server.url}/`, apiKey: 'k', sdk: false});
  for (let i = 0; i < 20; i++) {
    await stores.kvStore.get('k');
  }
  assert.equal(server.connections(), 1);
  await Promise.all(Array.from({length: 10}, () => stores.secrets.get('k')));
  assert.ok(server.connections() <= 10);
  stores.close();
  await server.close();
});

test('without a server an operation fails at once, with a message that says so', async () => {
  const server = await stub(() => undefined);
  await server.close();
  const {kvStore} = connect({url: server.url, apiKey: 'k', sdk: false});
  const refusal = await refusalOf(kvStore.put('k', {a: 1}));
  assert.equal(refusal.code, 'unavailable');
  assert.equal(refusal.status, undefined);
  assert.equal(refusal.store, 'kvStore');
  assert.equal(refusal.key, 'k');
  assert.match(refusal.message, /kvStore\.put of 'k' at http.*Is the emulator running\? Nothing was done.*ECONNREFUSED/s);
  assert.ok(refusal.cause instanceof Error);
});

test('a request that a tool blocks is an error with the words of that tool', async (context) => {
  const messages = ['Nock: Disallowed net connect for "127.0.0.1:9/v1"', '[MSW] Cannot bypass a request.'];
  for (const message of messages) {
    const error = Object.assign(new Error(message), message.startsWith('Nock') ? {code: 'ENETUNREACH'} : {});
    const mock = context.mock.method(http, 'request', () => {
      const request = new PassThrough();
      process.nextTick(() => request.destroy(error));
      return request as unknown as http.ClientRequest;
    });
    const {kvStore} = connect({url: 'http://127.0.0.1:9', apiKey: 'k', sdk: false});
    mock.mock.restore();
    const refusal = await refusalOf(kvStore.get('k'));
    assert.equal(refusal.code, 'unavailable');
    assert.ok(refusal.message.includes(`blocked inside of this process: ${message.replace(/\.$/, '')}. A tool`), refusal.message);
    assert.doesNotMatch(refusal.message, /Is the emulator running/);
    assert.equal(refusal.cause, error);
  }
});

test('a missing response is an error after the timeout', async () => {
  await withStub(
    () => undefined,
    async ({kvStore}) => {
      const refusal = await refusalOf(kvStore.get('k'));
      assert.equal(refusal.code, 'unavailable');
      assert.match(refusal.message, /no response in time\. The operation may have been carried out/);
    },
    SHORT_MS,
  );
});

test('an incomplete response is an error after the timeout', async () => {
  await withStub(
    (_, response) => {
      response.writeHead(200);
      response.write('{"result":');
    },
    async ({kvStore}) => {
      assert.equal(await codeOf(kvStore.get('k')), 'unavailable');
    },
    SHORT_MS,
  );
});

test('after a broken connection the error says that the operation may have been carried out', async () => {
  for (const begin of [false, true]) {
    await withStub(
      (_, response) => {
        if (begin) {
          response.writeHead(200, {'Content-Length': 1000});
          response.write('{"result":');
        }
        setTimeout(() => response.destroy(), 5);
      },
      async ({kvStore}) => {
        assert.match((await refusalOf(kvStore.append('k', 'l', 1))).message, /may have been carried out/);
      },
    );
  }
});

test('a request is never sent twice', async () => {
  let requests = 0;
  await withStub(
    (request) => {
      requests++;
      request.destroy();
    },
    async ({kvStore}) => {
      assert.equal(await codeOf(kvStore.append('k', 'l', 1)), 'unavailable');
      assert.equal(requests, 1);
    },
  );
});

const UNREADABLE: [string, number, string][] = [
  ['text', 200, 'hello'],
  ['an empty response', 200, ''],
  ['a list', 200, '[]'],
  ['a page of another server', 404, '<html>not found</html>'],
  ['an error of a proxy', 502, 'Bad gateway'],
];

for (const [name, status, body] of UNREADABLE) {
  test(`${name} as the response is an error that asks whether this is an emulator`, async () => {
    await withStub(
      (_, response) => {
        json(response, status, body);
      },
      async ({kvStore}) => {
        const refusal = await refusalOf(kvStore.get('k'));
        assert.match(refusal.message, /Is this the URL of a Stowage emulator, and is it from the same release/);
        assert.equal(refusal.status, status);
        if (status !== 200) {
          assert.ok(refusal.message.includes(body), refusal.message);
        }
      },
    );
  });
}

test('a result of another type is an error of the service', async () => {
  const unexpected: unknown[] = [{}, {result: 'text'}, {result: null}, {result: {$numberSet: [1]}}];
  for (const response of unexpected) {
    await withStub(
      (_, reply) => {
        json(reply, 200, response);
      },
      async (stores) => {
        assert.equal(await codeOf(stores.kvStore.get('k')), 'internal');
        assert.equal(await codeOf(stores.kvStore.exists('k')), 'internal');
        assert.equal(await codeOf(stores.kvStore.increment('k', 'n')), 'internal');
        assert.equal(await codeOf(stores.kvStore.addNumberMulti('k', {n: [1]})), 'internal');
        assert.equal(await codeOf(stores.kvStore.patch('k', (previous) => previous)), 'internal');
        assert.equal(await codeOf(stores.secrets.put('k', {})), 'internal');
      },
    );
  }
});

test('an emulator of an incompatible version is refused', async () => {
  await withStub(
    (_, response) => {
      json(response, 200, {status: 'ready', version: '9.1.0', uptimeMs: 1});
    },
    async (_, url) => {
      const refusal = await refusalOf(new Control(url).checkVersion());
      assert.match(refusal.message, /has version 9\.1\.0, but this client has version 0\.1\.0/);
    },
  );
  await control.checkVersion();
});

test('connecting ends after the timeout', async () => {
  // With a full backlog the kernel drops further connection attempts.
  const server = createServer(() => undefined);
  await new Promise<void>((resolve) => server.listen({port: 0, host: '127.0.0.1', backlog: 1}, resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const {kvStore} = connect({url, apiKey: 'k', sdk: false, connectTimeoutMs: SHORT_MS, requestTimeoutMs: SHORT_MS * 4});
  const codes = await Promise.all(Array.from({length: 10}, () => codeOf(kvStore.get('k'))));
  assert.deepEqual([...new Set(codes)], ['unavailable']);
  server.close();
});

test('injected faults have the codes of real errors', async () => {
  const {appId, stores} = await ownApp();
  const {kvStore} = stores;
  const failWith = async (fault: Parameters<typeof control.arm>[0]['fault']): Promise<StorageError> => {
    await control.arm({fault}, appId);
    return refusalOf(kvStore.append('k', 'l', 1));
  };
  const throttled = await failWith({kind: 'throttled'});
  assert.equal(throttled.code, 'throttled');
  assert.equal(throttled.status, 429);
  assert.equal((await failWith({kind: 'unavailable'})).status, 503);
  assert.match((await failWith({kind: 'lostRequest'})).message, /may have been carried out/);
  assert.match((await failWith({kind: 'lostResponse'})).message, /may have been carried out/);
  assert.match((await failWith({kind: 'malformedResponse'})).message, /may have been carried out/);
  assert.equal((await failWith({kind: 'reinstall'})).code, 'install_revoked');
});

test('connect refuses wrong options', () => {
  for (const url of ['', 'localhost:4300', 'ftp://x', undefined]) {
    assert.throws(() => connect({url: url as never, apiKey: 'k'}), {code: 'invalid_request'});
  }
  assert.throws(() => connect({url: 'http://127.0.0.1:1'}), {code: 'unauthenticated'});
});
