import {StorageError} from '../errors.js';
import {unexpectedResult} from '../http/errors.js';
import type {StoreName} from '../stores.js';
import type {SetClasses} from '../values.js';
import {decodeByField, decodeValue, isObject} from '../wire/decode.js';
import {encodeRecord, nameOf} from '../wire/encode.js';
import {type Call, detailsOf, describeCall, type Reply, type Transport} from './call.js';
import {KeyedQueue} from './keyedQueue.js';
import {compareAndSet} from './compareAndSet.js';
import {callInsideOf, type RunningPatch} from './updaterContext.js';

/** The configuration of one store. */
export interface StoreConfig {
  readonly name: StoreName;
  readonly transport: Transport;
  readonly classes: SetClasses;
  /** How long an updater is retried after version conflicts. */
  readonly patchTimeoutMs: number;
  /** Identifies the owner of the records that a call reaches now. */
  readonly partition: () => string;
  /** Starts to empty the store. The next call waits for it. */
  readonly reset: () => void;
}

/** Calls an updater: returns the next record, and the `put` parameters for its ttl. */
export type ComputeUpdate = (previous: Record<string, unknown>, reply: Reply) => {next: unknown; members: object};

/** Base class of all stores: sends calls and checks results. */
export abstract class RecordStore {
  protected readonly config: StoreConfig;
  readonly #updaters = new KeyedQueue();

  constructor(config: StoreConfig) {
    this.config = config;
    // Keeps the output of console.log(store) short.
    Object.defineProperty(this, 'config', {enumerable: false});
  }

  /** Empties the store. The SDK's `resetLocalStores()` calls it. The next call waits for it. */
  reset(): void {
    this.config.reset();
  }

  async exists(key: string): Promise<boolean> {
    return this.booleanResult(await this.call('exists', key, {}));
  }

  /** Sends an operation. Encodes its arguments before the first await, so that the caller may then change them (VAL-10). */
  protected async call(operation: string, key: string, members: object): Promise<CallResult> {
    const call = this.prepare(operation, key, members);
    return {call, reply: await this.config.transport(call)};
  }

  private prepare(operation: string, key: string, members: object): Call {
    if (typeof key !== 'string') {
      throw new StorageError(
        'invalid_key',
        `${this.config.name}.${operation}: the key must be a string, but it was ${nameOf(key)}. (KEY-2)`,
        {store: this.config.name, operation},
      );
    }
    return {store: this.config.name, operation, key, body: JSON.stringify({key, ...members})};
  }

  protected encode(value: unknown, operation: string, key: string): object {
    return {value: this.withDetails(operation, key, () => encodeRecord(value, this.config.classes, 'A record'))};
  }

  /** Adds store, operation and key to an error that the client itself raises. */
  protected withDetails<T>(operation: string, key: string, make: () => T): T {
    try {
      return make();
    } catch (problem) {
      if (problem instanceof StorageError) {
        const call = {store: this.config.name, operation, key, body: ''};
        throw new StorageError(
          problem.code,
          `${describeCall(call)}: ${problem.message}`,
          {...detailsOf(call), ...(problem.field === undefined ? {} : {field: problem.field})},
          problem.cause,
        );
      }
      throw problem;
    }
  }

  protected async update(key: string, callUpdater: ComputeUpdate): Promise<Record<string, unknown>> {
    const read = this.prepare('get', key, {});
    const partition = this.config.partition();
    const patch: RunningPatch = {store: this.config.name, key, partition, isCompleted: false};
    const compute = (reply: Reply): Call => {
      const version = this.versionOf({call: read, reply});
      // The updater gets its own copy, so that what it changes before it throws has no effect (PATCH-5).
      const previous = this.hashResult({call: read, reply});
      const {next, members} = callInsideOf(patch, () => callUpdater(previous, reply));
      if (patch.violation !== undefined) {
        throw patch.violation;
      }
      const record = this.withDetails('patch', key, () => encodeUpdated(next, this.config.classes));
      return this.prepare('put', key, {value: record, ...members, ifVersion: version});
    };
    const base = await this.#updaters.run(`${partition} ${key}`, async () => {
      try {
        return await compareAndSet(this.config.transport, read, compute, this.config.patchTimeoutMs);
      } finally {
        patch.isCompleted = true;
      }
    });
    return this.hashResult({call: read, reply: {...base, result: (JSON.parse(base.text) as {result: unknown}).result}});
  }

  private versionOf(callResult: CallResult): number {
    const version = callResult.reply.version;
    if (typeof version !== 'number') {
      throw this.unexpected(callResult, 'a version');
    }
    return version;
  }

  protected hashResult(callResult: CallResult): Record<string, unknown> {
    const value = isObject(callResult.reply.result) ? decodeValue(callResult.reply.result, this.config.classes) : undefined;
    if (!isObject(value) || value instanceof Set) {
      throw this.unexpected(callResult, 'a hash');
    }
    return value;
  }

  protected fieldResults<T>(callResult: CallResult, expected: string, isExpected: (value: unknown) => boolean): Record<string, T> {
    const result = callResult.reply.result;
    if (!isObject(result)) {
      throw this.unexpected(callResult, `${expected} for each field`);
    }
    const values = decodeByField(result, this.config.classes);
    if (!Object.values(values).every(isExpected)) {
      throw this.unexpected(callResult, `${expected} for each field`);
    }
    return values as Record<string, T>;
  }

  protected decoded(callResult: CallResult): unknown {
    return decodeValue(callResult.reply.result, this.config.classes);
  }

  protected booleanResult(callResult: CallResult): boolean {
    if (typeof callResult.reply.result !== 'boolean') {
      throw this.unexpected(callResult, 'true or false');
    }
    return callResult.reply.result;
  }

  protected numberResult(callResult: CallResult): number {
    if (typeof callResult.reply.result !== 'number') {
      throw this.unexpected(callResult, 'a number');
    }
    return callResult.reply.result;
  }

  private unexpected(callResult: CallResult, expected: string): StorageError {
    return unexpectedResult(detailsOf(callResult.call), describeCall(callResult.call), expected);
  }
}

/** A call and its reply. */
export interface CallResult {
  readonly call: Call;
  readonly reply: Reply;
}

/** The `fields` parameter of `get` and `delete`. Null counts as undefined; an empty list does not. */
export function fieldsParameter(fields: readonly string[] | null | undefined): object {
  return fields === undefined || fields === null ? {} : {fields};
}

function encodeUpdated(next: unknown, classes: SetClasses): unknown {
  const then = typeof next === 'object' && next !== null ? (next as {then?: unknown}).then : undefined;
  if (typeof then === 'function') {
    // A later rejection of this promise must not end the process as an unhandled one.
    Promise.resolve(next as PromiseLike<unknown>).catch(() => undefined);
    throw new StorageError(
      'invalid_value',
      'The updater returned a promise. An updater must be synchronous and return the record itself: do not make it' +
        ' async, and await what it needs before the patch. Nothing was written. (PATCH-3)',
    );
  }
  if (next === undefined) {
    throw new StorageError(
      'invalid_value',
      'The updater returned nothing. It must return the record to write, even if it has changed the one that it was' +
        ' given. Nothing was written. (PATCH-3)',
    );
  }
  return encodeRecord(next, classes, 'The result of an updater');
}
