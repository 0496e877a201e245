const assert = require('node:assert/strict');

const {connect, NumberSet} = require('@stowage/client');
const {cloud9} = require('@stowage/client/cloud9');
const globalSetup = require('@stowage/client/global-setup');
const {eachTest} = require('@stowage/client/testing');

assert.equal(typeof cloud9, 'function');
assert.equal(typeof globalSetup.default, 'function');
assert.equal(typeof eachTest, 'function');

const {kvStore} = connect({url: process.env.STOWAGE_URL, apiKey: process.env.API_KEY});
kvStore
  .put('cjs', {ids: new NumberSet([1])})
  .then(() => kvStore.get('cjs'))
  // The SDK is resolved without the `sdk` option, and sets are instances of its classes.
  .then((record) => assert.deepEqual(record, {ids: new (require('@zaiusinc/app-sdk').NumberSet)([1])}));
