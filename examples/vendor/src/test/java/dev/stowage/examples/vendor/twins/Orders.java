package dev.stowage.examples.vendor.twins;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.StorageException;
import java.util.function.Supplier;

/** Counts orders, and tries once more when the storage doesn't answer. */
public interface Orders {

    void received(String orderId);

    /** Tries once more. */
    private static <T> T twice(Supplier<T> call) {
        try {
            return call.get();
        } catch (StorageException refusal) {
            if (refusal.code() == ErrorCode.UNAVAILABLE || refusal.code() == ErrorCode.THROTTLED) {
                return call.get();
            }
            throw refusal;
        }
    }

    /** As it should be: an order that was counted is known, and counted no second time. */
    record ById(KeyValueStore kv) implements Orders {
        @Override
        public void received(String orderId) {
            twice(() -> kv.addString("orders", "ids", orderId));
        }
    }

    /** The mistake: no answer doesn't mean that nothing was done. */
    record ByCounting(KeyValueStore kv) implements Orders {
        @Override
        public void received(String orderId) {
            twice(() -> kv.increment("orders", "count"));
        }
    }
}
