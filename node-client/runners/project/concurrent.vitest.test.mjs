// Must fail, with a message that names withApp: see run.mjs.
import {describe, test} from 'vitest';
import {storage} from '@zaiusinc/app-sdk';

describe.concurrent('concurrent tests without withApp', () => {
  test('one', () => storage.kvStore.put('k', {i: 1}));
  test('two', () => storage.kvStore.put('k', {i: 2}));
});
