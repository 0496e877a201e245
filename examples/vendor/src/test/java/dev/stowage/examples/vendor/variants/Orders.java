package dev.stowage.examples.vendor.variants;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.StorageException;
import java.util.function.Supplier;

/** Counts orders, with one retry when the storage is unavailable. */
public interface Orders {

    void received(String orderId);

    /** Calls once more if the storage is unavailable. */
    private static <T> T withRetry(Supplier<T> call) {
        try {
            return call.get();
        } catch (StorageException refusal) {
            if (refusal.code() == ErrorCode.UNAVAILABLE || refusal.code() == ErrorCode.THROTTLED) {
                return call.get();
            }
            throw refusal;
        }
    }

    /** Correct: the ids of counted orders are stored, so a retry counts nothing twice. */
    record ById(KeyValueStore kv) implements Orders {
        @Override
        public void received(String orderId) {
            withRetry(() -> kv.addString("orders", "ids", orderId));
        }
    }

    /** The mistake: a lost response does not mean that nothing was done. */
    record ByCounting(KeyValueStore kv) implements Orders {
        @Override
        public void received(String orderId) {
            withRetry(() -> kv.increment("orders", "count"));
        }
    }
}
