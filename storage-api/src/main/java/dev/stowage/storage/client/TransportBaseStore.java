package dev.stowage.storage.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stowage.storage.BaseStore;
import dev.stowage.storage.Hash;
import dev.stowage.storage.StoreName;
import dev.stowage.storage.Ttl;
import dev.stowage.storage.operation.Operation;
import dev.stowage.storage.operation.Transport;
import java.util.Collection;
import java.util.List;

/** A base store on top of a transport. */
final class TransportBaseStore extends TransportStore implements BaseStore {

    TransportBaseStore(Transport transport, StoreName store, RecordMapper mapper, UpdaterLoop updaterLoop) {
        super(transport, store, mapper, updaterLoop);
    }

    @Override
    public BaseStore withMapper(ObjectMapper mapper) {
        return new TransportBaseStore(transport, store, new RecordMapper(mapper), updaterLoop);
    }

    @Override
    public boolean put(String key, Hash value) {
        return isTrue(execute(new Operation.Put(key, value, Ttl.none(), ANY_VERSION)));
    }

    @Override
    public boolean put(String key, Object value) {
        return put(key, toHash(value));
    }

    @Override
    public boolean delete(String key) {
        return isTrue(execute(new Operation.Delete(key, null, ANY_VERSION)));
    }

    @Override
    public boolean delete(String key, Collection<String> fields) {
        return isTrue(execute(new Operation.Delete(key, List.copyOf(fields), ANY_VERSION)));
    }
}
