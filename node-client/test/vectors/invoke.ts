import assert from 'node:assert/strict';

import type {KVRowOptions, Stores} from '@stowage/client';

import {type UpdaterRun, valueOf, type Vector} from './vector.js';

/** The error that the updater of a vector throws. */
export const THROWN = new Error('thrown by the updater');

/** Makes the call of a vector. */
export function invoke(stores: Stores, {call}: Vector): Promise<unknown> {
  const store = stores[call.store as keyof Stores] as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
  const method = store[call.method]?.bind(store);
  assert.ok(method, `there is no ${call.store}.${call.method}`);
  return method(...argumentsOf(call.method, call.arguments));
}

function argumentsOf(method: string, named: Record<string, unknown>): unknown[] {
  const {key, field} = named;
  const value = valueOf(named['value']);
  switch (method) {
    case 'get':
    case 'delete':
      return [key, named['fields']];
    case 'exists':
      return [key];
    case 'put':
      return [key, value, ...options(named)];
    case 'patch':
      return [key, named['updater'] === undefined ? value : updater(named['updater'] as UpdaterRun[]), ...options(named)];
    case 'increment':
      return [key, field, named['amount'], ...options(named)];
    case 'incrementMulti':
      return [key, valueOf(named['amounts']), ...options(named)];
    case 'shift':
    case 'peek':
      return [key, field];
    case 'shiftMulti':
    case 'peekMulti':
      return [key, named['counts']];
    default:
      return method.endsWith('Multi') ? [key, valueOf(named['values'])] : [key, field, value];
  }
}

function options(named: Record<string, unknown>): KVRowOptions[] {
  return named['ttl'] === undefined ? [] : [{ttl: named['ttl'] === 'remove' ? undefined : (named['ttl'] as number)}];
}

function updater(runs: readonly UpdaterRun[]): (previous: unknown, options?: KVRowOptions) => unknown {
  let next = 0;
  return (previous, updaterOptions) => {
    const run = runs[next++];
    assert.ok(run, 'the updater was called more often than expected');
    assert.deepEqual(previous, valueOf(run.sees));
    assert.equal(updaterOptions?.ttl, run.seesTtl);
    if (run.throws) {
      throw THROWN;
    }
    if (run.ttl === 'remove') {
      delete updaterOptions?.ttl;
    } else if (run.ttl !== undefined && updaterOptions !== undefined) {
      updaterOptions.ttl = run.ttl;
    }
    return valueOf(run.returns);
  };
}

/** Checks the result or error of the call. */
export async function checkOutcome(vector: Vector, outcome: Promise<unknown>): Promise<void> {
  if (vector.error !== undefined) {
    const expected = vector.error;
    await assert.rejects(outcome, (refusal: Record<string, unknown>) => {
      for (const [name, detail] of Object.entries(expected)) {
        assert.equal(refusal[name], detail, `${name}: ${String(refusal['message'])}`);
      }
      return true;
    });
  } else if ((vector.result as {'@thrown'?: true} | null)?.['@thrown'] === true) {
    await assert.rejects(outcome, (error) => error === THROWN);
  } else {
    assert.deepEqual(await outcome, valueOf(vector.result));
  }
}
