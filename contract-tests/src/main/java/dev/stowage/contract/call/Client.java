package dev.stowage.contract.call;

import dev.stowage.storage.Storage;
import dev.stowage.storage.StoreName;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The storage as one key opens it. Safe for many threads at once. */
@FunctionalInterface
public interface Client {

    /**
     * Has the operation carried out; a refusal is an answer.
     *
     * @throws NoResponseException if no answer came
     * @throws NotCheckableException if this client can't say such a call
     */
    Response call(Call call);

    /**
     * Applies an updater (PATCH-3), by default as the wire protocol says: read, compute, write on condition that nothing has
     * changed.
     *
     * @return the answer to the write that won, with the record from before as its result
     */
    default Response update(StoreName store, String key, Updater updater) {
        return CompareAndSetLoop.run(this, store, key, updater);
    }

    /** The API's own client, or a store in process. */
    static Client of(Storage storage) {
        return new JavaApiClient(storage);
    }

    /** Computes the next record; may run several times. */
    @FunctionalInterface
    interface Updater {

        /**
         * @param current the record, empty where there is none
         * @param ttl what is left of its ttl in seconds; null where it doesn't expire
         */
        Next update(Map<String, @Nullable Object> current, @Nullable Long ttl);
    }

    /**
     * What an updater returns.
     *
     * @param ttl what becomes of the expiry: {@link #KEEP}, {@link #NONE} or seconds
     */
    record Next(Map<String, @Nullable Object> value, long ttl) {
        public static final long KEEP = -1;
        public static final long NONE = 0;

        public static Next of(Map<String, @Nullable Object> value) {
            return new Next(value, KEEP);
        }
    }
}
