import type {BaseKVStore} from '../stores.js';
import type {PatchUpdater, ValueHash} from '../values.js';
import {fieldsMember, RecordStore} from './recordStore.js';
import {putMembers, ttlOf} from './ttl.js';

/** `secrets` and `settings`. */
export class BaseStore extends RecordStore implements BaseKVStore {
  async get<T extends ValueHash>(key: string, fields?: string[]): Promise<T> {
    return this.hash(await this.call('get', key, fieldsMember(fields))) as T;
  }

  // Options that an untyped caller gives are passed on, so that they are refused and not lost in silence (TTL-9).
  async put<T extends ValueHash>(key: string, value: T, options?: never): Promise<true> {
    const ttl = this.placed('put', key, () => ttlOf(options));
    return this.done(await this.call('put', key, {...this.encode(value, 'put', key), ...putMembers(ttl)}));
  }

  async patch<T extends ValueHash>(key: string, value: T | PatchUpdater<T>, options?: never): Promise<T> {
    const members = putMembers(this.placed('patch', key, () => ttlOf(options)));
    if (typeof value === 'function') {
      return (await this.update(key, (previous) => ({next: value(previous as T), members}))) as T;
    }
    return this.hash(await this.call('patch', key, {...this.encode(value, 'patch', key), ...members})) as T;
  }

  async delete(key: string, fields?: string[]): Promise<true> {
    return this.done(await this.call('delete', key, fieldsMember(fields)));
  }

  private done(answer: Parameters<BaseStore['truth']>[0]): true {
    this.truth(answer);
    return true;
  }
}
