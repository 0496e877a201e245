import assert from 'node:assert/strict';

import {connect, startEmulator, StorageError} from '@stowage/client';
import {cloud9} from '@stowage/client/cloud9';
import {setup, teardown} from '@stowage/client/global-setup';
import {eachTest, SweepError} from '@stowage/client/testing';

import {createRequire} from 'node:module';

// Both ways in lead to one and the same, so that an error thrown by the one is an instance of the other's class.
const required = createRequire(import.meta.url)('@stowage/client');
assert.equal(required.StorageError, StorageError);
for (const exported of [startEmulator, cloud9, setup, teardown, eachTest, SweepError]) {
  assert.equal(typeof exported, 'function');
}
const {kvStore} = connect({url: process.env.STOWAGE_URL, apiKey: process.env.API_KEY});
assert.deepEqual(await kvStore.put('esm', {a: 1}), {});
assert.deepEqual(await kvStore.get('esm'), {a: 1});
