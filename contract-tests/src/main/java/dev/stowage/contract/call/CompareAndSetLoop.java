package dev.stowage.contract.call;

import dev.stowage.storage.StoreName;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The wire protocol's updater: {@code get}, apply, {@code put} with {@code ifVersion}, again on {@code version_conflict}. */
final class CompareAndSetLoop {

    /** In every round one writer succeeds, so n writers need at most n rounds. More rounds than this mean that no writer ever succeeds. */
    private static final int MOST_ROUNDS = 400;

    private CompareAndSetLoop() {}

    static Response run(Client client, StoreName store, String key, Client.Updater updater) {
        Response written = Response.nothing();
        for (int round = 0; round < MOST_ROUNDS; round++) {
            Response read = client.call(Call.of(store, "get", "key", key));
            if (read.isRefused()) {
                return read;
            }
            if (read.version().isEmpty()) {
                return Response.refused("", read.status(), "get returned no version, so an updater cannot be atomic.");
            }
            Map<String, @Nullable Object> current = record(read.result());
            Client.Next next = updater.update(
                    current, read.ttl().isPresent() ? (Long) read.ttl().getAsLong() : null);
            Call put = Call.of(
                    store,
                    "put",
                    "key",
                    key,
                    "value",
                    next.value(),
                    "ifVersion",
                    read.version().getAsLong());
            if (store.isKeyValue()) {
                put = next.ttl() == Client.Next.KEEP
                        ? put.with("keepTtl", true)
                        : next.ttl() == Client.Next.NONE ? put : put.with("ttl", next.ttl());
            }
            written = client.call(put);
            if (!"version_conflict".equals(written.code())) {
                return written.isRefused() ? written : Response.of(current).with(written.version(), written.ttl());
            }
        }
        return written;
    }

    static Map<String, @Nullable Object> record(@Nullable Object result) {
        Map<String, @Nullable Object> record = new LinkedHashMap<>();
        if (result instanceof Map<?, ?> map) {
            map.forEach((name, value) -> record.put(String.valueOf(name), value));
        }
        return record;
    }
}
