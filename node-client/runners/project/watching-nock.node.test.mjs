import assert from 'node:assert/strict';
import {request} from 'node:http';
import {after, afterEach, beforeEach, test} from 'node:test';

import nock from 'nock';
import {eachTest} from '@stowage/client/testing';

const stowage = eachTest({beforeEach, afterEach, afterAll: after, sdk: false});

const TOKEN = 'u-4711-secret-token';
const URL_OF_VENDOR = 'http://vendor.example/orders';

/** Sends the old install's token to the vendor after a reinstall. */
const sendAfterReinstall = (send) =>
  stowage.withApp(async (app) => {
    await app.watchRequests();
    await app.stores.secrets.put('utoken', {token: TOKEN});
    await app.reinstall();
    await send();
  });

const viaFetch = () => fetch(URL_OF_VENDOR, {headers: {Authorization: `Bearer ${TOKEN}`}});
const viaHttp = () =>
  new Promise((resolve, reject) => {
    const sent = request(URL_OF_VENDOR, {headers: {Authorization: `Bearer ${TOKEN}`}}, (response) => {
      response.resume().on('end', resolve);
    });
    sent.on('error', reject).end();
  });

for (const [name, send] of [
  ['fetch', viaFetch],
  ['http', viaHttp],
]) {
  test(`a request through ${name} that nock answers is judged`, async () => {
    nock('http://vendor.example').get('/orders').reply(200, {ok: true});
    await assert.rejects(sendAfterReinstall(send), /stored it in secrets, key 'utoken'.*GET http:\/\/vendor.example\/orders/);
  });
}
