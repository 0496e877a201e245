import {StorageError} from '../errors.js';
import type {KVStore} from '../stores.js';
import type {
  KVHash,
  KVPatchUpdater,
  KVRowOptions,
  MultiValue,
  NumberSet,
  StringSet,
  Value,
} from '../values.js';
import {checkField, encodeByField, encodeValue, type Json, nameOf} from '../wire/encode.js';
import {fieldsParameter, RecordStore} from './recordStore.js';
import {patchParameters, putParameters, ttlAfter, ttlOf, updaterParameters} from './ttl.js';

const isNumber = (value: unknown): boolean => typeof value === 'number';
const isSet = (value: unknown): boolean => value instanceof Set;

/** The stores `kvStore` and `sharedKvStore`. */
export class KeyValueStore extends RecordStore implements KVStore {
  async get<T extends KVHash>(key: string, fields?: string[]): Promise<T> {
    return this.hashResult(await this.call('get', key, fieldsParameter(fields))) as T;
  }

  async put<T extends KVHash>(key: string, value: T, options?: KVRowOptions): Promise<T> {
    const ttl = this.withDetails('put', key, () => ttlOf(options));
    return this.hashResult(await this.call('put', key, {...this.encode(value, 'put', key), ...putParameters(ttl)})) as T;
  }

  async patch<T extends KVHash>(key: string, value: T | KVPatchUpdater<T>, options?: KVRowOptions): Promise<T> {
    const optionsTtl = this.withDetails('patch', key, () => ttlOf(options));
    if (typeof value !== 'function') {
      const members = {...this.encode(value, 'patch', key), ...patchParameters(optionsTtl)};
      return this.hashResult(await this.call('patch', key, members)) as T;
    }
    const before = await this.update(key, (previous, reply) => {
      const currentTtl = typeof reply.ttl === 'number' ? reply.ttl : undefined;
      const updaterOptions: KVRowOptions = currentTtl === undefined ? {} : {ttl: currentTtl};
      const next = value(previous as T, updaterOptions);
      const wanted = this.withDetails('patch', key, () => ttlAfter(updaterOptions, currentTtl));
      return {next, members: updaterParameters(wanted === 'keep' ? optionsTtl : wanted)};
    });
    return before as T;
  }

  async delete<T extends KVHash>(key: string, fields?: string[]): Promise<T> {
    return this.hashResult(await this.call('delete', key, fieldsParameter(fields))) as T;
  }

  async increment(key: string, field: string, amount = 1, options?: KVRowOptions): Promise<number> {
    const members = this.withDetails('increment', key, () => ({
      field: checkField(field),
      amount: checkNumber(amount, 'An amount'),
      ...patchParameters(ttlOf(options)),
    }));
    return this.numberResult(await this.call('increment', key, members));
  }

  async incrementMulti(
    key: string,
    amounts: MultiValue<number>,
    options?: KVRowOptions,
  ): Promise<MultiValue<number>> {
    const members = this.withDetails('incrementMulti', key, () => ({
      amounts: encodeByField(amounts, 'The amounts', (amount) => checkNumber(amount, 'An amount')),
      ...patchParameters(ttlOf(options)),
    }));
    return this.fieldResults(await this.call('incrementMulti', key, members), 'a number', isNumber);
  }

  shift<T extends Value>(key: string, field: string): Promise<T | undefined> {
    return this.element('shift', key, field);
  }

  shiftMulti<T extends Value>(key: string, counts: MultiValue<number>): Promise<MultiValue<T[]>> {
    return this.elements('shiftMulti', key, counts);
  }

  unshift<T extends Value>(key: string, field: string, value: T): Promise<void> {
    return this.insert('unshift', key, field, value);
  }

  unshiftMulti<T extends Value>(key: string, values: MultiValue<T[]>): Promise<void> {
    return this.insertMulti('unshiftMulti', key, values);
  }

  peek<T extends Value>(key: string, field: string): Promise<T | undefined> {
    return this.element('peek', key, field);
  }

  peekMulti<T extends Value>(key: string, counts: MultiValue<number>): Promise<MultiValue<T[]>> {
    return this.elements('peekMulti', key, counts);
  }

  append<T extends Value>(key: string, field: string, value: T): Promise<void> {
    return this.insert('append', key, field, value);
  }

  appendMulti<T extends Value>(key: string, values: MultiValue<T[]>): Promise<void> {
    return this.insertMulti('appendMulti', key, values);
  }

  addNumber(key: string, field: string, value: number): Promise<boolean> {
    return this.member('addNumber', key, field, value);
  }

  addNumberMulti(key: string, values: MultiValue<number[]>): Promise<MultiValue<NumberSet>> {
    return this.members('addNumberMulti', key, values);
  }

  removeNumber(key: string, field: string, value: number): Promise<boolean> {
    return this.member('removeNumber', key, field, value);
  }

  removeNumberMulti(key: string, values: MultiValue<number[]>): Promise<MultiValue<NumberSet>> {
    return this.members('removeNumberMulti', key, values);
  }

  hasNumber(key: string, field: string, value: number): Promise<boolean> {
    return this.member('hasNumber', key, field, value);
  }

  hasNumberMulti(key: string, values: MultiValue<number[]>): Promise<MultiValue<NumberSet>> {
    return this.members('hasNumberMulti', key, values);
  }

  addString(key: string, field: string, value: string): Promise<boolean> {
    return this.member('addString', key, field, value);
  }

  addStringMulti(key: string, values: MultiValue<string[]>): Promise<MultiValue<StringSet>> {
    return this.members('addStringMulti', key, values);
  }

  removeString(key: string, field: string, value: string): Promise<boolean> {
    return this.member('removeString', key, field, value);
  }

  removeStringMulti(key: string, values: MultiValue<string[]>): Promise<MultiValue<StringSet>> {
    return this.members('removeStringMulti', key, values);
  }

  hasString(key: string, field: string, value: string): Promise<boolean> {
    return this.member('hasString', key, field, value);
  }

  hasStringMulti(key: string, values: MultiValue<string[]>): Promise<MultiValue<StringSet>> {
    return this.members('hasStringMulti', key, values);
  }

  private async insert(operation: string, key: string, field: string, value: unknown): Promise<void> {
    await this.call(operation, key, this.fieldAndValue(operation, key, field, value));
  }

  private async insertMulti(operation: string, key: string, values: MultiValue<unknown[]>): Promise<void> {
    await this.call(operation, key, this.lists(operation, key, values));
  }

  private async member(operation: string, key: string, field: string, value: unknown): Promise<boolean> {
    return this.booleanResult(await this.call(operation, key, this.fieldAndValue(operation, key, field, value)));
  }

  private async members<S extends Set<unknown>>(
    operation: string,
    key: string,
    values: MultiValue<unknown[]>,
  ): Promise<MultiValue<S>> {
    return this.fieldResults(await this.call(operation, key, this.lists(operation, key, values)), 'a set', isSet);
  }

  private fieldAndValue(operation: string, key: string, field: string, value: unknown): object {
    return this.withDetails(operation, key, () => ({
      field: checkField(field),
      // Level 3: the value is inside of a list or set, which is inside of a record.
      value: encodeValue(value, this.config.classes, 3),
    }));
  }

  private lists(operation: string, key: string, values: MultiValue<unknown[]>): object {
    return this.withDetails(operation, key, () => ({
      values: encodeByField(values, 'The values', (list) => {
        if (!Array.isArray(list)) {
          throw new StorageError('invalid_request', `The values of a field must be a list, but they were ${nameOf(list)}.`);
        }
        return encodeValue(list, this.config.classes, 2);
      }),
    }));
  }

  private async element<T>(operation: string, key: string, field: string): Promise<T | undefined> {
    const members = this.withDetails(operation, key, () => ({field: checkField(field)}));
    const result = await this.call(operation, key, members);
    return result.reply.hasResult ? (this.decoded(result) as T) : undefined;
  }

  private async elements<T>(operation: string, key: string, counts: MultiValue<number>): Promise<MultiValue<T[]>> {
    const members = this.withDetails(operation, key, () => ({
      counts: encodeByField(counts, 'The counts', (count) => checkCount(count)),
    }));
    return this.fieldResults(await this.call(operation, key, members), 'a list', Array.isArray);
  }
}

function checkNumber(number: unknown, what: string): Json {
  if (typeof number !== 'number' || !Number.isFinite(number)) {
    throw new StorageError(
      'invalid_request',
      `${what} must be a finite number, but it was ${typeof number === 'number' ? number : nameOf(number)}. (INC-1)`,
    );
  }
  return number;
}

function checkCount(count: unknown): Json {
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 0) {
    throw new StorageError(
      'invalid_request',
      `A count must be a whole number of 0 or more, but it was ${typeof count === 'number' ? count : nameOf(count)}. (LIST-9)`,
    );
  }
  return count;
}
