import assert from 'node:assert/strict';

import {connect, startEmulator, StorageError} from '@stowage/client';
import {cloud9} from '@stowage/client/cloud9';
import {setup, teardown} from '@stowage/client/global-setup';
import {eachTest, SweepError} from '@stowage/client/testing';

import {createRequire} from 'node:module';

// import and require load the same module, so that instanceof StorageError works across both.
const required = createRequire(import.meta.url)('@stowage/client');
assert.equal(required.StorageError, StorageError);
for (const exported of [startEmulator, cloud9, setup, teardown, eachTest, SweepError]) {
  assert.equal(typeof exported, 'function');
}
const {kvStore} = connect({url: process.env.STOWAGE_URL, apiKey: process.env.API_KEY});
assert.deepEqual(await kvStore.put('esm', {a: 1}), {});
assert.deepEqual(await kvStore.get('esm'), {a: 1});
