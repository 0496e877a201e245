import {StorageError} from '../errors.js';
import {wrongResult} from '../http/problem.js';
import type {StoreName} from '../stores.js';
import type {SetClasses} from '../values.js';
import {decodeByField, decodeValue, isObject} from '../wire/decode.js';
import {encodeRecord, nameOf} from '../wire/encode.js';
import {type Call, detailsOf, placeOf, type Reply, type Transport} from './call.js';
import {Lanes} from './lanes.js';
import {updateUntilWon} from './updaterLoop.js';

/** What a store is made of. */
export interface StoreParts {
  readonly name: StoreName;
  readonly transport: Transport;
  readonly classes: SetClasses;
  /** How long an updater's rounds go on. */
  readonly patchTimeoutMs: number;
  /** Whose records a call reaches, where that is not always the same. */
  readonly partition: () => string;
  /** Begins to empty the store; the next call comes after it. */
  readonly reset: () => void;
}

/** An updater as it is called here: what it answers is encoded, with its expiry, into the members of a `put`. */
export type Updating = (previous: Record<string, unknown>, reply: Reply) => {next: unknown; members: object};

/** What both kinds of store share: calls made and replies read. */
export abstract class RecordStore {
  protected readonly parts: StoreParts;
  readonly #lanes = new Lanes();

  constructor(parts: StoreParts) {
    this.parts = parts;
    // Whoever prints a store wants to see which it is, not how it is made.
    Object.defineProperty(this, 'parts', {enumerable: false});
  }

  /** Empties the store, as the SDK's `resetLocalStores()` asks of its own; the next call comes after it. */
  reset(): void {
    this.parts.reset();
  }

  async exists(key: string): Promise<boolean> {
    return this.truth(await this.call('exists', key, {}));
  }

  /** Sends an operation. What it is called with is in the body before anything is awaited. */
  protected async call(operation: string, key: string, members: object): Promise<Answer> {
    const call = this.prepare(operation, key, members);
    return {call, reply: await this.parts.transport(call)};
  }

  private prepare(operation: string, key: string, members: object): Call {
    if (typeof key !== 'string') {
      throw new StorageError(
        'invalid_key',
        `${this.parts.name}.${operation}: the key must be a string; it was ${nameOf(key)}. (KEY-2)`,
        {store: this.parts.name, operation},
      );
    }
    return {store: this.parts.name, operation, key, body: JSON.stringify({key, ...members})};
  }

  protected encode(value: unknown, operation: string, key: string): object {
    return {value: this.placed(operation, key, () => encodeRecord(value, this.parts.classes, 'A record'))};
  }

  /** An error that is found here says where, as one of the service does. */
  protected placed<T>(operation: string, key: string, make: () => T): T {
    try {
      return make();
    } catch (problem) {
      if (problem instanceof StorageError) {
        const call = {store: this.parts.name, operation, key, body: ''};
        throw new StorageError(
          problem.code,
          `${placeOf(call)}: ${problem.message}`,
          {...detailsOf(call), ...(problem.field === undefined ? {} : {field: problem.field})},
          problem.cause,
        );
      }
      throw problem;
    }
  }

  protected async update(key: string, updating: Updating): Promise<Record<string, unknown>> {
    const read = this.prepare('get', key, {});
    const compute = (reply: Reply): Call => {
      const version = this.checkedVersion({call: read, reply});
      // The updater has a copy of its own, which it may change and then fail (PATCH-5).
      const {next, members} = updating(this.hash({call: read, reply}), reply);
      const record = this.placed('patch', key, () => encodeUpdated(next, this.parts.classes));
      return this.prepare('put', key, {value: record, ...members, ifVersion: version});
    };
    const won = await this.#lanes.run(`${this.parts.partition()} ${key}`, () =>
      updateUntilWon(this.parts.transport, read, compute, this.parts.patchTimeoutMs),
    );
    return this.hash({call: read, reply: {...won, result: (JSON.parse(won.text) as {result: unknown}).result}});
  }

  private checkedVersion(answer: Answer): number {
    const version = answer.reply.version;
    if (typeof version !== 'number') {
      throw this.wrong(answer, 'a version');
    }
    return version;
  }

  protected hash(answer: Answer): Record<string, unknown> {
    const value = isObject(answer.reply.result) ? decodeValue(answer.reply.result, this.parts.classes) : undefined;
    if (!isObject(value) || value instanceof Set) {
      throw this.wrong(answer, 'a hash');
    }
    return value;
  }

  protected byField<T>(answer: Answer, due: string, is: (value: unknown) => boolean): Record<string, T> {
    const result = answer.reply.result;
    if (!isObject(result)) {
      throw this.wrong(answer, `${due} for each field`);
    }
    const values = decodeByField(result, this.parts.classes);
    if (!Object.values(values).every(is)) {
      throw this.wrong(answer, `${due} for each field`);
    }
    return values as Record<string, T>;
  }

  protected decoded(answer: Answer): unknown {
    return decodeValue(answer.reply.result, this.parts.classes);
  }

  protected truth(answer: Answer): boolean {
    if (typeof answer.reply.result !== 'boolean') {
      throw this.wrong(answer, 'true or false');
    }
    return answer.reply.result;
  }

  protected number(answer: Answer): number {
    if (typeof answer.reply.result !== 'number') {
      throw this.wrong(answer, 'a number');
    }
    return answer.reply.result;
  }

  private wrong(answer: Answer, due: string): StorageError {
    return wrongResult(detailsOf(answer.call), placeOf(answer.call), due);
  }
}

/** A reply, and what it replies to. */
export interface Answer {
  readonly call: Call;
  readonly reply: Reply;
}

/** The `fields` of `get` and `delete`; null is as good as undefined, an empty list is not. */
export function fieldsMember(fields: readonly string[] | null | undefined): object {
  return fields === undefined || fields === null ? {} : {fields};
}

function encodeUpdated(next: unknown, classes: SetClasses): unknown {
  const then = typeof next === 'object' && next !== null ? (next as {then?: unknown}).then : undefined;
  if (typeof then === 'function') {
    // Whatever becomes of it, it is not this call's business, and must not end the process.
    Promise.resolve(next as PromiseLike<unknown>).catch(() => undefined);
    throw new StorageError(
      'invalid_value',
      'The updater returned a promise. An updater runs at once and returns the record itself: let it not be async, and' +
        ' await what it needs before the patch. Nothing was written. (PATCH-3)',
    );
  }
  if (next === undefined) {
    throw new StorageError(
      'invalid_value',
      'The updater returned nothing. It must return the record that is to be written, also where it has changed the one' +
        ' it was given. Nothing was written. (PATCH-3)',
    );
  }
  return encodeRecord(next, classes, 'What an updater returns');
}
