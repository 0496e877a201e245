package dev.stowage.emulator.stale;

import dev.stowage.storage.StoreName;

/** The location of a value in an install: {@code secrets, key 'utoken', field 'token'}. */
public record ValueLocation(long installId, StoreName store, String key, String field) {

    @Override
    public String toString() {
        return store + ", key '" + key + "', field '" + field + "'";
    }
}
