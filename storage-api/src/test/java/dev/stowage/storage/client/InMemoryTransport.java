package dev.stowage.storage.client;

import dev.stowage.storage.Hash;
import dev.stowage.storage.StoreName;
import dev.stowage.storage.operation.Operation;
import dev.stowage.storage.operation.Reply;
import dev.stowage.storage.operation.Transport;
import dev.stowage.storage.wire.WireJson;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Keeps the last record that was put at a key, as bytes; enough for tests of what the client makes of values. */
final class InMemoryTransport implements Transport {

    private final Map<String, byte[]> records = new HashMap<>();
    Operation last = new Operation.Exists("none");

    @Override
    public Reply execute(StoreName store, Operation operation) {
        last = operation;
        if (operation instanceof Operation.Get) {
            return new Reply(true, record(operation.key()), 1, OptionalLong.empty());
        }
        Hash before = record(operation.key());
        if (operation instanceof Operation.Put put) {
            records.put(put.key(), WireJson.encodeRecord(put.value()));
        }
        return Reply.of(store.isKeyValue() ? before : (Object) true);
    }

    private Hash record(String key) {
        return records.containsKey(key) ? WireJson.decodeRecord(records.get(key)) : Hash.empty();
    }
}
