'use strict';

/* Local stores, as the SDK has them without an emulator: records in the memory of the process. */
class LocalStore {
  #records = new Map();

  async get(key) {
    return {...this.#records.get(key)};
  }

  async put(key, value) {
    const previous = this.#records.get(key);
    this.#records.set(key, {...value});
    return previous ?? {};
  }

  async exists(key) {
    return this.#records.has(key);
  }

  reset() {
    this.#records.clear();
  }
}

class LocalKVStore extends LocalStore {}

module.exports = {LocalStore, LocalKVStore};
