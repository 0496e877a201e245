import type {BaseKVStore} from '../stores.js';
import type {PatchUpdater, ValueHash} from '../values.js';
import {fieldsParameter, RecordStore} from './recordStore.js';
import {putParameters, ttlOf} from './ttl.js';

/** The stores `secrets` and `settings`. */
export class BaseStore extends RecordStore implements BaseKVStore {
  async get<T extends ValueHash>(key: string, fields?: string[]): Promise<T> {
    return this.hashResult(await this.call('get', key, fieldsParameter(fields))) as T;
  }

  // Options of an untyped caller are sent, so that they are refused rather than silently ignored (TTL-9).
  async put<T extends ValueHash>(key: string, value: T, options?: never): Promise<true> {
    const ttl = this.withDetails('put', key, () => ttlOf(options));
    return this.trueResult(await this.call('put', key, {...this.encode(value, 'put', key), ...putParameters(ttl)}));
  }

  async patch<T extends ValueHash>(key: string, value: T | PatchUpdater<T>, options?: never): Promise<T> {
    const members = putParameters(this.withDetails('patch', key, () => ttlOf(options)));
    if (typeof value === 'function') {
      return (await this.update(key, (previous) => ({next: value(previous as T), members}))) as T;
    }
    return this.hashResult(await this.call('patch', key, {...this.encode(value, 'patch', key), ...members})) as T;
  }

  async delete(key: string, fields?: string[]): Promise<true> {
    return this.trueResult(await this.call('delete', key, fieldsParameter(fields)));
  }

  private trueResult(result: Parameters<BaseStore['booleanResult']>[0]): true {
    this.booleanResult(result);
    return true;
  }
}
