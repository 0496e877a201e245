package dev.stowage.contract.call;

import dev.stowage.storage.Storage;
import dev.stowage.storage.StoreName;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The storage, with the access rights of one API key. Thread-safe. */
@FunctionalInterface
public interface Client {

    /**
     * Calls the operation. A refusal is a response, not an exception.
     *
     * @throws NoResponseException if there was no response
     * @throws NotCheckableException if this client cannot express the call
     */
    Response call(Call call);

    /**
     * Applies an updater (PATCH-3). Default: as the wire protocol defines it, with a read, then a write that is conditional on the version that was read.
     *
     * @return the response to the successful write, with the previous record as its result
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
     * @param ttl what happens to the expiry: {@link #KEEP}, {@link #NONE} or seconds
     */
    record Next(Map<String, @Nullable Object> value, long ttl) {
        public static final long KEEP = -1;
        public static final long NONE = 0;

        public static Next of(Map<String, @Nullable Object> value) {
            return new Next(value, KEEP);
        }
    }
}
