import {stowage} from './stowage.js';

import assert from 'node:assert/strict';
import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {after, before, beforeEach, mock, test} from 'node:test';

import {StorageError} from '@stowage/client';
import {storage} from '@zaiusinc/app-sdk';

import {type UToken, Vendor} from '../src/vendor.js';

const NOON = Date.parse('2026-01-31T12:00:00Z');
const WEEK_MS = 7 * 24 * 60 * 60 * 1000;
const CREDENTIALS = {client_id: 'id', client_secret: 'secret'};

/** The vendor's server: issues token-1, token-2 and so on, or refuses if `refusal` is set. */
let server: Server;
let issued = 0;
let refusal: string | undefined;
let vendor: Vendor;

before(async () => {
  server = createServer((request, response) => {
    request.resume().on('end', () => {
      const body = refusal === undefined ? {access_token: `token-${++issued}`} : {status: {message: refusal}};
      response.writeHead(refusal === undefined ? 200 : 401, {'Content-Type': 'application/json'});
      response.end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  vendor = new Vendor(`http://127.0.0.1:${(server.address() as AddressInfo).port}/token`);
});

after(() => {
  server.close();
  server.closeAllConnections();
});

beforeEach(() => {
  issued = 0;
  refusal = undefined;
  mock.timers.reset();
  mock.timers.enable({apis: ['Date'], now: NOON});
});

test('the first call requests a token, and the second uses the stored one', async () => {
  assert.equal(await vendor.authenticate(CREDENTIALS), 'token-1');
  assert.equal(await vendor.authenticate(CREDENTIALS), 'token-1');
  assert.deepEqual(await storage.secrets.get('utoken'), {token: 'token-1', issued: NOON});
});

test('a token is renewed after seven days', async () => {
  await vendor.authenticate(CREDENTIALS);
  mock.timers.setTime(NOON + WEEK_MS);
  assert.equal(await vendor.authenticate(CREDENTIALS), 'token-1');
  mock.timers.setTime(NOON + WEEK_MS + 1);
  assert.equal(await vendor.authenticate(CREDENTIALS), 'token-2');
});

test('a new token can be forced', async () => {
  await vendor.authenticate(CREDENTIALS);
  assert.equal(await vendor.authenticate(CREDENTIALS, true), 'token-2');
  assert.equal(await vendor.authenticate(CREDENTIALS), 'token-2');
});

test('after a reinstall a new token is requested', async () => {
  await vendor.authenticate(CREDENTIALS);
  await stowage.reinstall();
  assert.equal(await vendor.authenticate(CREDENTIALS), 'token-2');
});

test('another install has its own token', async () => {
  await vendor.authenticate(CREDENTIALS);
  const other = await stowage.app.addInstall();
  assert.equal(await stowage.app.inRequestOf(other, () => vendor.authenticate(CREDENTIALS)), 'token-2');
  assert.equal(await vendor.authenticate(CREDENTIALS), 'token-1');
});

test('a refusal of the vendor reaches the caller, and nothing is stored', async () => {
  refusal = 'Unknown client';
  await assert.rejects(vendor.authenticate(CREDENTIALS), {message: 'The vendor issued no token: Unknown client'});
  assert.equal(await storage.secrets.exists('utoken'), false);
});

test('with any fault at any operation, the stored token is the one issued last', async () => {
  const report = await stowage.sweep(async (app) => {
    issued = 0;
    for (let call = 0; call < 2; call++) {
      try {
        await vendor.authenticate(CREDENTIALS);
      } catch (error) {
        // A storage error may reach the caller; any other error is a mistake of the app.
        assert.ok(error instanceof StorageError, String(error));
      }
    }
    // The stored token is the one that the vendor issued last.
    const stored = (await app.records()).secrets['utoken'] as UToken | undefined;
    assert.ok(stored === undefined || stored.token === `token-${issued}`);
  });
  assert.deepEqual(report.operations, ['secrets.get utoken', 'secrets.put utoken', 'secrets.get utoken']);
  assert.ok(report.injectionPoints.includes('lostResponse at 2 of 3: secrets.put utoken'));
});
