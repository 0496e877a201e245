'use strict';

class NumberSet extends Set {}
class StringSet extends Set {}
class LocalStore {}
class LocalKVStore {}

let initializedStores;
let appContext;

const runtime = () => globalThis.ocpContextStorage?.getStore()?.ocpRuntime;

function store(name, nameInRuntime) {
  const found = runtime()?.[nameInRuntime] ?? initializedStores?.[name];
  if (found === undefined) {
    throw new Error(`storage.${name} was used before initializeStores.`);
  }
  return found;
}

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
