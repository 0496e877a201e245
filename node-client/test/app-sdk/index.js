'use strict';

const {LocalKVStore, LocalStore} = require('./local-stores.js');

class NumberSet extends Set {}
class StringSet extends Set {}

let initializedStores = {
  settings: new LocalStore(),
  secrets: new LocalStore(),
  kvStore: new LocalKVStore(),
  sharedKvStore: new LocalKVStore(),
};
let appContext;

const runtime = () => globalThis.ocpContextStorage?.getStore()?.ocpRuntime;

const store = (name, nameInRuntime) => runtime()?.[nameInRuntime] ?? initializedStores[name];

const storage = {
  get settings() {
    return store('settings', 'settingsStore');
  },
  get secrets() {
    return store('secrets', 'secretsStore');
  },
  get kvStore() {
    return store('kvStore', 'kvStore');
  },
  get sharedKvStore() {
    return store('sharedKvStore', 'sharedKvStore');
  },
};

function resetLocalStores() {
  for (const name of ['settings', 'secrets', 'kvStore', 'sharedKvStore']) {
    if (!(storage[name] instanceof LocalStore || storage[name] instanceof LocalKVStore)) {
      throw new Error(`${name} is not a local store`);
    }
    storage[name].reset();
  }
}

module.exports = {
  NumberSet,
  StringSet,
  LocalStore,
  LocalKVStore,
  storage,
  resetLocalStores,
  initializeStores: (stores) => {
    initializedStores = stores;
  },
  setContext: (context) => {
    appContext = context;
  },
  getAppContext: () => runtime()?.appContext ?? appContext,
};
