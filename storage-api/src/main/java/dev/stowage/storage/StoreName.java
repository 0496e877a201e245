package dev.stowage.storage;

import java.util.Optional;

/** The four stores. Their {@link #wireName()} is the name in the platform's SDK and in the wire protocol. */
public enum StoreName {
    SECRETS("secrets", false),
    SETTINGS("settings", false),
    KV_STORE("kvStore", true),
    SHARED_KV_STORE("sharedKvStore", true);

    private final String wireName;
    private final boolean keyValue;

    StoreName(String wireName, boolean keyValue) {
        this.wireName = wireName;
        this.keyValue = keyValue;
    }

    /** The name in a request's path: {@code kvStore}, not {@code KV_STORE}. */
    public String wireName() {
        return wireName;
    }

    /** True for the two stores with TTL, counters, lists and sets; false for the two <i>base</i> stores. */
    public boolean isKeyValue() {
        return keyValue;
    }

    /** The store with this wire name; empty if there is none. */
    public static Optional<StoreName> of(String wireName) {
        for (StoreName store : values()) {
            if (store.wireName.equals(wireName)) {
                return Optional.of(store);
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return wireName;
    }
}
