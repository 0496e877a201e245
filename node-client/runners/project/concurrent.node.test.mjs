// Must fail, with a message that names withApp: see run.mjs.
import {storage} from './stowage.node.mjs';

import {describe, test} from 'node:test';

describe('concurrent tests without withApp', {concurrency: true}, () => {
  test('one', () => storage.kvStore.put('k', {i: 1}));
  test('two', () => storage.kvStore.put('k', {i: 2}));
});
