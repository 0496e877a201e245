import assert from 'node:assert/strict';
import {createRequire} from 'node:module';
import {after, afterEach, beforeEach, test} from 'node:test';

import {eachTest, InterleavingsError, type InterleavingsOptions} from '@stowage/client/testing';

import type * as Sdk from './app-sdk/index.js';

const sdk = createRequire(__filename)('../../test/app-sdk') as typeof Sdk;
const {storage} = sdk;

const stowage = eachTest({beforeEach, afterEach, afterAll: after, sdk});

const n = async (key: string): Promise<number> => (await storage.kvStore.get<{n?: number}>(key)).n ?? 0;

/** Runs the same code twice at once, and returns the order in which `check` fails. */
async function failing(act: () => Promise<unknown>, check: () => unknown, options?: InterleavingsOptions): Promise<InterleavingsError> {
  try {
    await stowage.interleavings({ann: act, bob: act}, check, options);
  } catch (error) {
    assert.ok(error instanceof InterleavingsError, String(error));
    return error;
  }
  throw new Error('No order failed.');
}

async function passing(act: () => Promise<unknown>, check: () => unknown, options?: InterleavingsOptions): Promise<number> {
  const report = await stowage.interleavings({ann: act, bob: act}, check, options);
  assert.equal(report.exhaustive, true);
  assert.match(report.summary, /all that can make a difference/);
  return report.orders;
}

const countByPut = async (): Promise<void> => {
  await storage.kvStore.put('visits', {n: (await n('visits')) + 1});
};
const bothCounted = async (): Promise<void> => {
  assert.equal(await n('visits'), 2);
};

test('a lost update is found, with its order in columns and a token that replays it', async () => {
  const error = await failing(countByPut, bothCounted);
  assert.match(error.message, /^There is an order of operations in which the test fails:\n\n/);
  assert.equal(
    error.columns,
    [
      '     ann                           bob',
      '  1  kvStore.get visits  v0',
      '  2                                kvStore.get visits  v0',
      '  3  kvStore.put visits  v0 → v1',
      '  4                                kvStore.put visits  v1 → v2',
    ].join('\n'),
  );
  assert.match(error.message, /To run only this order: \{replay: '[0-9a-f]{4}-[ab]{4}'\}$/);
  const replayed = await failing(countByPut, bothCounted, {replay: error.token});
  assert.equal(replayed.columns, error.columns);
  assert.match(replayed.message, /Only this order was run\./);
});

test('the number of orders is the same in Java, TypeScript and Python', async () => {
  assert.equal(await passing(countByPut, () => undefined), 4);
  assert.equal(await passing(() => storage.kvStore.increment('visits', 'n'), () => undefined), 2);
});

test('the other four races are found', async () => {
  let winners = 0;
  const leads = async (): Promise<void> => {
    if (!(await storage.kvStore.exists('leader'))) {
      await storage.kvStore.put('leader', {is: 'me'});
      winners++;
    }
  };
  const reset = (): Promise<void> => {
    winners = 0;
    return Promise.resolve();
  };
  await failing(leads, () => {
    assert.equal(winners, 1);
  }, {before: reset});

  const refreshes = async (): Promise<void> => {
    if ((await storage.secrets.get<{token?: string}>('token')).token === undefined) {
      await storage.secrets.put('token', {token: `token-${++winners}`});
    }
  };
  await failing(refreshes, () => {
    assert.equal(winners, 1);
  }, {before: reset});

  const orders = async (): Promise<void> => {
    const before = await storage.kvStore.get<{n?: number}>('orders');
    await storage.kvStore.put('orders', {n: (before.n ?? 0) + 1});
  };
  await failing(orders, async () => {
    assert.equal(await n('orders'), 2);
  });

  let done: unknown[] = [];
  const peeks = async (): Promise<void> => {
    done.push(await storage.kvStore.peek('queue', 'jobs'));
    await storage.kvStore.shift('queue', 'jobs');
  };
  await failing(peeks, () => {
    assert.deepEqual(done.sort(), ['first', 'second']);
  }, {
    before: async () => {
      done = [];
      await storage.kvStore.appendMulti('queue', {jobs: ['first', 'second']});
    },
  });
});

test('the right versions of the five pass in every order', async () => {
  const counts = await passing(async () => {
    await storage.kvStore.patch<{n?: number}>('visits', (before) => ({n: (before.n ?? 0) + 1}));
  }, bothCounted);
  assert.ok(counts > 2, 'an updater reads and writes, and is held at both');
  assert.equal(await passing(async () => storage.kvStore.increment('visits', 'n'), bothCounted), 2);

  let winners = 0;
  const before = (): Promise<void> => {
    winners = 0;
    return Promise.resolve();
  };
  await passing(async () => {
    if (await storage.kvStore.addString('leader', 'is', 'taken')) {
      winners++;
    }
  }, () => {
    assert.equal(winners, 1);
  }, {before});
  await passing(async () => {
    const {token} = await storage.secrets.get<{token?: string}>('token');
    if (token === undefined && (await storage.kvStore.increment('refresh', 'n')) === 1) {
      await storage.secrets.put('token', {token: `token-${++winners}`});
    }
  }, () => {
    assert.equal(winners, 1);
  }, {before});
  let done: unknown[] = [];
  await passing(async () => {
    done.push(await storage.kvStore.shift('queue', 'jobs'));
  }, () => {
    assert.deepEqual(done.sort(), ['first', 'second']);
  }, {
    before: async () => {
      done = [];
      await storage.kvStore.appendMulti('queue', {jobs: ['first', 'second']});
    },
  });
});

test('an error of an actor is a failure with its order', async () => {
  const mine = new Error('mine');
  const error = await failing(async () => {
    await storage.kvStore.get('a');
    throw mine;
  }, () => undefined);
  assert.match(error.message, /Test failure:\nThe actor 'ann' failed: mine/);
  assert.equal((error.cause as Error).cause, mine);
});

test('an actor that waits for the other one outside the storage is named within the deadline', async () => {
  let release: (() => void) | undefined;
  const other = new Promise<void>((resolve) => {
    release = resolve;
  });
  await assert.rejects(
    stowage.interleavings(
      {
        ann: async () => {
          await other;
          await storage.kvStore.get('a');
        },
        bob: async () => {
          await storage.kvStore.get('b');
          release?.();
        },
      },
      () => undefined,
      {deadlineMs: 1_000},
    ),
    /Actor 'ann' reached neither its next storage operation nor its end within 1000 ms[\s\S]*bob is paused before kvStore.get b/,
  );
  release?.();
});

test('operations of one actor that are called at once have the order of their calls', async () => {
  const report = await stowage.interleavings(
    {
      ann: () => Promise.all([storage.kvStore.put('a', {n: 1}), storage.kvStore.put('b', {n: 1})]),
      bob: async () => {
        await storage.kvStore.put('b', {n: 2});
        await storage.kvStore.put('a', {n: 2});
      },
    },
    () => undefined,
  );
  assert.deepEqual([report.orders, report.exhaustive], [3, true]);
});

test('a call from code that belongs to no run fails the test', async () => {
  let call: (() => void) | undefined;
  const queue = new Promise<void>((resolve) => {
    call = resolve;
  }).then(() => storage.kvStore.get('a'));
  queue.catch(() => undefined);
  await assert.rejects(
    stowage.interleavings(
      {
        ann: async () => {
          await storage.kvStore.get('a');
          call?.();
          await assert.rejects(queue);
        },
        bob: () => storage.kvStore.get('a'),
      },
      () => undefined,
    ),
    /kvStore.get of 'a' was called from code that belongs to no run/,
  );
});

test('maxOrders is said in the report, and a wrong token is an error', async () => {
  const report = await stowage.interleavings({ann: countByPut, bob: countByPut}, () => undefined, {maxOrders: 2});
  assert.deepEqual([report.orders, report.exhaustive], [2, false]);
  await assert.rejects(
    stowage.interleavings({ann: countByPut, bob: countByPut}, () => undefined, {replay: 'abba'}),
    /is not a token of an order/,
  );
});
