package dev.stowage.junit.stale;

import dev.stowage.storage.StoreName;

/** Where an install held a value: {@code secrets, key 'utoken', field 'token'}. */
public record ValueLocation(long installId, StoreName store, String key, String field) {

    @Override
    public String toString() {
        return store + ", key '" + key + "', field '" + field + "'";
    }
}
