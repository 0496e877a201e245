import assert from 'node:assert/strict';
import {test} from 'node:test';

import {http, HttpResponse} from 'msw';
import {setupServer} from 'msw/node';

import {sendAfterReinstall, URL_OF_VENDOR, WAYS} from './watching.mjs';

for (const [name, send] of WAYS) {
  test(`a request through ${name} that msw answers is judged`, async () => {
    const server = setupServer(http.get(URL_OF_VENDOR, () => HttpResponse.json({ok: true})));
    server.listen({onUnhandledRequest: 'bypass'});
    try {
      await assert.rejects(sendAfterReinstall(send), /stored it in secrets, key 'utoken'.*GET http:\/\/vendor.example\/orders/);
    } finally {
      server.close();
    }
  });
}
