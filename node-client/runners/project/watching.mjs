import {request} from 'node:http';
import {after, afterEach, beforeEach} from 'node:test';

import {eachTest} from '@stowage/client/testing';

const stowage = eachTest({beforeEach, afterEach, afterAll: after, sdk: false});

const TOKEN = 'u-4711-secret-token';
export const URL_OF_VENDOR = 'http://vendor.example/orders';

/** Sends the old install's token to the vendor after a reinstall. */
export const sendAfterReinstall = (send) =>
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

/** How the app may send a request. */
export const WAYS = [
  ['fetch', viaFetch],
  ['http', viaHttp],
];
