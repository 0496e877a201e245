import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';

import {connect, type ConnectedStores} from '@stowage/client';

import {json, stub, type Stub} from '../stubServer.js';
import {checkOutcome, invoke} from './invoke.js';
import {CLAUSES, type Exchange, FILES, isSameRequest, NOT_VISIBLE, textOf} from './vector.js';

let server: Stub;
let stores: ConnectedStores;
let expected: Exchange[];
let unexpected: string[];

before(async () => {
  server = await stub((request, response, body) => {
    const exchange = expected.shift();
    const path = request.url ?? '';
    if (exchange === undefined || !isSameRequest(path, body, exchange.request)) {
      unexpected.push(`${path} ${body}\ninstead of ${JSON.stringify(exchange?.request)}`);
    }
    if (request.headers.authorization !== 'Bearer the key' || request.method !== 'POST') {
      unexpected.push(`${request.method ?? ''} with ${request.headers.authorization ?? 'no key'}`);
    }
    json(response, exchange?.answer.status ?? 500, textOf(exchange?.answer.body ?? {}));
  });
  stores = connect({url: server.url, apiKey: 'the key', sdk: false});
});

after(async () => {
  stores.close();
  await server.close();
});

for (const {file, vectors} of FILES) {
  for (const vector of vectors) {
    test(`${file}: ${vector.name}`, async () => {
      expected = [...vector.exchanges];
      unexpected = [];
      await checkOutcome(vector, invoke(stores, vector));
      assert.deepEqual(unexpected, []);
      assert.deepEqual(expected, [], 'these requests were not sent');
    });
  }
}

test('every operation and every observable clause has a vector', () => {
  const all = FILES.flatMap(({vectors}) => vectors);
  const clauses = new Set(all.flatMap((vector) => vector.clauses));
  assert.ok(CLAUSES.length > 60);
  assert.deepEqual(CLAUSES.filter((clause) => !clauses.has(clause) && !NOT_VISIBLE.includes(clause)), []);
  assert.deepEqual([...clauses, ...NOT_VISIBLE].filter((clause) => !CLAUSES.includes(clause)), []);
  assert.deepEqual(NOT_VISIBLE.filter((clause) => clauses.has(clause)), []);
  assert.equal(new Set(all.map(({call}) => call.method)).size, 27);
  for (const {file, vectors} of FILES) {
    assert.equal(new Set(vectors.map(({name}) => name)).size, vectors.length, `duplicate names in ${file}`);
  }
});
