package dev.stowage.benchmarks;

import dev.stowage.storage.Hash;

/** The record that the benchmarks use: ten fields, about 1,000 bytes as JSON. */
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
