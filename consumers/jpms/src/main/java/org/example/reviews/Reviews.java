package org.example.reviews;

import dev.stowage.storage.KeyValueStore;

/** Counts reviews. */
public final class Reviews {

    private final KeyValueStore kv;

    public Reviews(KeyValueStore kv) {
        this.kv = kv;
    }

    public double add(String product) {
        return kv.increment("reviews", product);
    }
}
