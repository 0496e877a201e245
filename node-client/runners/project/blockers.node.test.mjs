import assert from 'node:assert/strict';
import {afterEach, test} from 'node:test';

import {setupServer} from 'msw/node';
import nock from 'nock';
import {connect} from '@stowage/client';

const get = async () => {
  try {
    await connect({url: process.env.STOWAGE_URL, apiKey: 'k', sdk: false}).kvStore.get('k');
  } catch (error) {
    return error;
  }
};

let stop;
afterEach(() => stop?.());

test('the words of nock are in the message', async () => {
  nock.disableNetConnect();
  stop = () => nock.restore();
  assert.match((await get()).message, /blocked inside of this process: Nock: Disallowed net connect/);
  nock.enableNetConnect('127.0.0.1');
  assert.equal((await get()).code, 'unauthenticated');
});

test('the words of msw are in the message', async () => {
  const server = setupServer();
  stop = () => server.close();
  server.listen({onUnhandledRequest: 'error'});
  assert.match((await get()).message, /blocked inside of this process: \[MSW\] Cannot bypass a request/);
});

test('the words of a handler that throws are in the message', async () => {
  const server = setupServer();
  stop = () => server.close();
  server.listen({
    onUnhandledRequest: () => {
      throw new Error('no requests in unit tests');
    },
  });
  assert.match((await get()).message, /status 500.*no requests in unit tests/);
});
