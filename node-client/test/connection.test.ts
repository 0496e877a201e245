import assert from 'node:assert/strict';
import {createServer, type AddressInfo} from 'node:net';
import {test} from 'node:test';

import {connect, Control, type StorageError, type Stores} from '@stowage/client';

import {codeOf, control, ownApp, refusalOf} from './support.js';
import {type Handler, json, stub} from './stub.js';

const SOON = 150;

async function against(
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

test('nobody there is an error that says so, at once', async () => {
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

test('no answer in time is an error, not a hang', async () => {
  await against(
    () => undefined,
    async ({kvStore}) => {
      const refusal = await refusalOf(kvStore.get('k'));
      assert.equal(refusal.code, 'unavailable');
      assert.match(refusal.message, /in time\. It may have been carried out/);
    },
    SOON,
  );
});

test('an answer that begins and never ends is an error, not a hang', async () => {
  await against(
    (_, response) => {
      response.writeHead(200);
      response.write('{"result":');
    },
    async ({kvStore}) => {
      assert.equal(await codeOf(kvStore.get('k')), 'unavailable');
    },
    SOON,
  );
});

test('a connection that breaks says that it may have been carried out', async () => {
  for (const begin of [false, true]) {
    await against(
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

test('nothing is sent twice', async () => {
  let requests = 0;
  await against(
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

const STRANGE: [string, number, string][] = [
  ['text', 200, 'hello'],
  ['an empty answer', 200, ''],
  ['a list', 200, '[]'],
  ['another server', 404, '<html>not found</html>'],
  ['a proxy without a server', 502, 'Bad gateway'],
];

for (const [name, status, body] of STRANGE) {
  test(`${name} in place of an answer is an error that asks which server that is`, async () => {
    await against(
      (_, response) => {
        json(response, status, body);
      },
      async ({kvStore}) => {
        const refusal = await refusalOf(kvStore.get('k'));
        assert.match(refusal.message, /Is that a Stowage emulator, and of the release/);
        assert.equal(refusal.status, status);
      },
    );
  });
}

test('another result than the operation has is an error of the service', async () => {
  const strange: unknown[] = [{}, {result: 'text'}, {result: null}, {result: {$numberSet: [1]}}];
  for (const answer of strange) {
    await against(
      (_, response) => {
        json(response, 200, answer);
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

test('an emulator of another version is refused by its version', async () => {
  await against(
    (_, response) => {
      json(response, 200, {status: 'ready', version: '9.1.0', uptimeMs: 1});
    },
    async (_, url) => {
      const refusal = await refusalOf(new Control(url).checkVersion());
      assert.match(refusal.message, /is of version 9\.1\.0, and this client is of 0\.1\.0/);
    },
  );
  await control.checkVersion();
});

test('a host that takes no connection is given up', async () => {
  // A full backlog answers nothing: the kernel drops what comes after it.
  const server = createServer(() => undefined);
  await new Promise<void>((resolve) => server.listen({port: 0, host: '127.0.0.1', backlog: 1}, resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const {kvStore} = connect({url, apiKey: 'k', sdk: false, connectTimeoutMs: SOON, requestTimeoutMs: SOON * 4});
  const codes = await Promise.all(Array.from({length: 10}, () => codeOf(kvStore.get('k'))));
  assert.deepEqual([...new Set(codes)], ['unavailable']);
  server.close();
});

test('injected faults come out as the codes they are', async () => {
  const {appId, stores} = await ownApp();
  const {kvStore} = stores;
  const meet = async (fault: Parameters<typeof control.arm>[0]['fault']): Promise<StorageError> => {
    await control.arm({fault}, appId);
    return refusalOf(kvStore.append('k', 'l', 1));
  };
  const throttled = await meet({kind: 'throttled'});
  assert.equal(throttled.code, 'throttled');
  assert.equal(throttled.status, 429);
  assert.equal((await meet({kind: 'unavailable'})).status, 503);
  assert.match((await meet({kind: 'lostRequest'})).message, /may have been carried out/);
  assert.match((await meet({kind: 'lostResponse'})).message, /may have been carried out/);
  assert.match((await meet({kind: 'garbled'})).message, /may have been carried out/);
  assert.equal((await meet({kind: 'reinstall'})).code, 'install_revoked');
});

test('what connect can\'t use is refused when it is called', () => {
  for (const url of ['', 'localhost:4300', 'ftp://x', undefined]) {
    assert.throws(() => connect({url: url as never, apiKey: 'k'}), {code: 'invalid_request'});
  }
  assert.throws(() => connect({url: 'http://127.0.0.1:1'}), {code: 'unauthenticated'});
});
