import assert from 'node:assert/strict';
import {before, test} from 'node:test';

import {cloud9, type Context, type PersistentData} from '@stowage/client/cloud9';

import {control, ownApp, URL_OF_EMULATOR} from './support.js';

let api: PersistentData;
let installId: number;

before(async () => {
  const {install} = await ownApp();
  installId = install.installId;
  api = cloud9({url: URL_OF_EMULATOR}).setAPIKey(install.apiKey);
});

const get = (from: PersistentData, context: Context): Promise<unknown> =>
  new Promise((resolve, reject) => {
    from.getPersistentData(context, (error, data) => {
      if (error === null) {
        resolve(data);
      } else {
        reject(error);
      }
    });
  });

const set = (to: PersistentData, context: Context, data: object): Promise<unknown> =>
  new Promise((resolve, reject) => {
    to.setPersistentData(context, data, (error, stored) => {
      if (error === null) {
        resolve(stored);
      } else {
        reject(error);
      }
    });
  });

test('a plugin keeps one object for the user and one for the workspace', async () => {
  assert.equal(await get(api, 'user'), null);
  await set(api, 'user', {example: 123});
  await set(api, 'workspace', {other: ['x', null], text: 'a&b=c%20+é😀'});
  assert.deepEqual(await get(api, 'user'), {example: 123});
  assert.deepEqual(await get(api, 'workspace'), {other: ['x', null], text: 'a&b=c%20+é😀'});
  await set(api, 'user', {again: true});
  assert.deepEqual(await get(api, 'user'), {again: true});
});

test('users and workspaces do not see each other', async () => {
  const {install} = await ownApp();
  const clientOf = (options: {user?: string; workspace?: string}): PersistentData =>
    cloud9({url: URL_OF_EMULATOR, ...options}).setAPIKey(install.apiKey);
  await set(clientOf({user: 'ann', workspace: '7'}), 'user', {whose: 'ann'});
  await set(clientOf({user: 'ann', workspace: '7'}), 'workspace', {whose: '7'});
  assert.equal(await get(clientOf({user: 'bob'}), 'user'), null);
  assert.equal(await get(clientOf({workspace: '8'}), 'workspace'), null);
  assert.deepEqual(await get(clientOf({user: 'ann'}), 'user'), {whose: 'ann'});
});

test('the URL may end with a slash', async () => {
  const {install} = await ownApp();
  const client = cloud9({url: `${URL_OF_EMULATOR}/`}).setAPIKey(install.apiKey);
  await set(client, 'user', {a: 1});
  assert.deepEqual(await get(client, 'user'), {a: 1});
});

test('callbacks are called under fake timers', async (context) => {
  const {install} = await ownApp();
  context.mock.timers.enable();
  const client = cloud9({url: URL_OF_EMULATOR}).setAPIKey(install.apiKey);
  await set(client, 'user', {a: 1});
  assert.deepEqual(await get(client, 'user'), {a: 1});
});

test('a set without a callback stores the data, and its error is ignored', async () => {
  const {install} = await ownApp();
  const client = cloud9({url: URL_OF_EMULATOR}).setAPIKey(install.apiKey);
  client.setPersistentData('user', {a: 1});
  cloud9({url: 'http://127.0.0.1:9'}).setAPIKey(install.apiKey).setPersistentData('user', {a: 1});
  for (let attempts = 0; attempts < 200 && (await get(client, 'user')) === null; attempts++) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  assert.deepEqual(await get(client, 'user'), {a: 1});
});

test('an unreachable service is an error that says so', async () => {
  const unreachable = cloud9({url: 'http://127.0.0.1:9', timeoutMs: 2_000}).setAPIKey(`${'x'.repeat(27)}=`);
  await assert.rejects(get(unreachable, 'user'), /at http:\/\/127\.0\.0\.1:9: no connection\. Is the emulator running/);
});

test('wrong arguments throw synchronously', () => {
  for (const key of ['', 'short=', undefined]) {
    assert.throws(() => cloud9({url: URL_OF_EMULATOR}).setAPIKey(key as never), {message: 'Invalid API key'});
  }
  assert.throws(() => {
    api.getPersistentData('galaxy' as never, () => undefined);
  }, /Unsupported context: galaxy/);
});

test('an error of the service is passed to the callback, with a message', async () => {
  const unknownKey = cloud9({url: URL_OF_EMULATOR}).setAPIKey(`${'x'.repeat(27)}=`);
  await assert.rejects(get(unknownKey, 'user'), (error: Error & {status?: number}) => {
    assert.equal(error.status, 401);
    assert.ok(error.message.length > 20);
    return true;
  });
  await control.reinstall(installId);
  await assert.rejects(get(api, 'user'), /reinstalled/);
  const unreachable = cloud9({url: 'http://127.0.0.1:9', timeoutMs: 2_000}).setAPIKey(`${'x'.repeat(27)}=`);
  await assert.rejects(set(unreachable, 'user', {a: 1}), Error);
});
