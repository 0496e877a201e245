package dev.stowage.storage.client;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.Snapshot;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.Store;
import dev.stowage.storage.StoreName;
import dev.stowage.storage.Ttl;
import dev.stowage.storage.Updater;
import dev.stowage.storage.operation.Operation;
import dev.stowage.storage.operation.Reply;
import dev.stowage.storage.operation.Transport;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The operations that base stores and key-value stores share. */
abstract class TransportStore implements Store {

    static final OptionalLong ANY_VERSION = OptionalLong.empty();

    final Transport transport;
    final StoreName store;
    private final RecordMapper mapper;
    final UpdaterLoop updaterLoop;

    TransportStore(Transport transport, StoreName store, RecordMapper mapper, UpdaterLoop updaterLoop) {
        this.transport = transport;
        this.store = store;
        this.mapper = mapper;
        this.updaterLoop = updaterLoop;
    }

    final Reply execute(Operation operation) {
        Reply reply = transport.execute(store, operation);
        UpdaterRun.notice(transport, store, operation);
        return reply;
    }

    final Hash toHash(Object value) {
        return mapper.toHash(value);
    }

    @Override
    public Hash get(String key) {
        return hash(execute(new Operation.Get(key, null)));
    }

    @Override
    public Hash get(String key, Collection<String> fields) {
        return hash(execute(new Operation.Get(key, List.copyOf(fields))));
    }

    @Override
    public <T> T get(String key, Class<T> type) {
        return mapper.toType(store, key, get(key), type);
    }

    @Override
    public Snapshot snapshot(String key) {
        return snapshot(execute(new Operation.Get(key, null)));
    }

    @Override
    public Hash patch(String key, Hash value) {
        return hash(execute(new Operation.Patch(key, value, Ttl.keep(), ANY_VERSION)));
    }

    @Override
    public Hash patch(String key, UnaryOperator<Hash> updater) {
        return update(key, (current, ttl) -> updater.apply(current), Ttl.keep());
    }

    @Override
    public <T> T patch(String key, Class<T> type, UnaryOperator<T> updater) {
        Hash before = update(
                key,
                (current, ttl) -> {
                    T value = mapper.toType(store, key, current, type);
                    // Before the updater runs, which may change the value in place.
                    Set<String> known =
                            current.isEmpty() ? Set.of() : toHash(value).fields();
                    return withUnknownFields(current, known, toHash(updater.apply(value)));
                },
                Ttl.keep());
        return mapper.toType(store, key, before, type);
    }

    /** The next record, with the fields of the current one that the type does not have: it could not carry them over. */
    private static Hash withUnknownFields(Hash current, Set<String> known, Hash next) {
        Hash.Builder record = next.toBuilder();
        for (Map.Entry<String, @Nullable Object> field : current.asMap().entrySet()) {
            if (!known.contains(field.getKey()) && !next.has(field.getKey())) {
                record.set(field.getKey(), field.getValue());
            }
        }
        return record.build();
    }

    final Hash update(String key, Updater updater, Ttl ttl) {
        return updaterLoop.run(key, updater, ttl);
    }

    @Override
    public boolean exists(String key) {
        return isTrue(execute(new Operation.Exists(key)));
    }

    @Override
    public long putIfVersion(String key, Hash value, long version) {
        return execute(new Operation.Put(key, value, Ttl.none(), OptionalLong.of(version)))
                .version();
    }

    @Override
    public void deleteIfVersion(String key, long version) {
        execute(new Operation.Delete(key, null, OptionalLong.of(version)));
    }

    static Snapshot snapshot(Reply reply) {
        return new Snapshot(
                hash(reply),
                reply.version(),
                reply.ttlSeconds().stream().mapToObj(Duration::ofSeconds).findFirst());
    }

    static Hash hash(Reply reply) {
        return cast(Hash.class, reply.result());
    }

    static boolean isTrue(Reply reply) {
        return cast(Boolean.class, reply.result());
    }

    static double number(@Nullable Object result) {
        return cast(Number.class, result).doubleValue();
    }

    static <T> T cast(Class<T> type, @Nullable Object result) {
        if (result == null || !type.isInstance(result)) {
            throw new StorageException(
                    ErrorCode.INTERNAL,
                    "The service returned a result of another type; expected: " + type.getSimpleName()
                            + ". It may use another version of the protocol.");
        }
        return type.cast(result);
    }
}
