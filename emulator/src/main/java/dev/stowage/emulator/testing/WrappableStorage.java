package dev.stowage.emulator.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stowage.storage.BaseStore;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.Storage;
import dev.stowage.storage.Store;
import dev.stowage.storage.StoreName;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** A storage whose stores can be replaced by wrappers, such as spies. */
final class WrappableStorage implements Storage {

    private final Storage stores;
    private final Map<StoreName, UnaryOperator<Store>> wrappers = new ConcurrentHashMap<>();
    private final Map<StoreName, Store> wrapped = new ConcurrentHashMap<>();

    WrappableStorage(Storage stores) {
        this.stores = stores;
    }

    /** Replaces a store by a wrapper, which is created when the store is next asked for. The first wrapper of a store stays. */
    void wrap(StoreName name, UnaryOperator<Store> wrapper) {
        wrappers.putIfAbsent(name, wrapper);
    }

    private Store get(StoreName name, Store store) {
        UnaryOperator<Store> wrapper = wrappers.get(name);
        return wrapper == null ? store : wrapped.computeIfAbsent(name, any -> wrapper.apply(store));
    }

    /** The same stores and wrappers with another mapper. */
    @Override
    public Storage withMapper(ObjectMapper mapper) {
        WrappableStorage mapped = new WrappableStorage(stores.withMapper(mapper));
        wrappers.keySet().forEach(name -> mapped.wrap(name, any -> withMapper(wrapped(name), mapper)));
        return mapped;
    }

    private static Store withMapper(Store store, ObjectMapper mapper) {
        return store instanceof KeyValueStore keyValue
                ? keyValue.withMapper(mapper)
                : ((BaseStore) store).withMapper(mapper);
    }

    /** The store of this storage, or its wrapper. */
    private Store wrapped(StoreName name) {
        return switch (name) {
            case SECRETS -> secrets();
            case SETTINGS -> settings();
            case KV_STORE -> kvStore();
            case SHARED_KV_STORE -> sharedKvStore();
        };
    }

    @Override
    public BaseStore secrets() {
        return (BaseStore) get(StoreName.SECRETS, stores.secrets());
    }

    @Override
    public BaseStore settings() {
        return (BaseStore) get(StoreName.SETTINGS, stores.settings());
    }

    @Override
    public KeyValueStore kvStore() {
        return (KeyValueStore) get(StoreName.KV_STORE, stores.kvStore());
    }

    @Override
    public KeyValueStore sharedKvStore() {
        return (KeyValueStore) get(StoreName.SHARED_KV_STORE, stores.sharedKvStore());
    }
}
