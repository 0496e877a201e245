'use strict';

/* Must fail, with a message that names withApp: see run.mjs. */
const {storage} = require('@zaiusinc/app-sdk');

describe('concurrent tests without withApp', () => {
  test.concurrent('one', () => storage.kvStore.put('k', {i: 1}));
  test.concurrent('two', () => storage.kvStore.put('k', {i: 2}));
});
