import assert from 'node:assert/strict';
import {test} from 'node:test';

import nock from 'nock';

import {sendAfterReinstall, WAYS} from './watching.mjs';

for (const [name, send] of WAYS) {
  test(`a request through ${name} that nock answers is judged`, async () => {
    nock('http://vendor.example').get('/orders').reply(200, {ok: true});
    await assert.rejects(sendAfterReinstall(send), /stored it in secrets, key 'utoken'.*GET http:\/\/vendor.example\/orders/);
  });
}
