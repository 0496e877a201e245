package dev.stowage.benchmarks;

import dev.stowage.storage.Hash;

/** The record that everything is measured with: ten fields, 1,000 bytes as JSON within a few. */
final class Records {

    private Records() {}

    static Hash ofOneKilobyte(int seed) {
        Hash.Builder record = Hash.builder();
        record.set("n", seed);
        for (int i = 0; i < 9; i++) {
            record.set("field" + i, (seed + "-").repeat(100).substring(0, 96));
        }
        return record.build();
    }
}
