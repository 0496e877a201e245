package dev.stowage.benchmarks;

import java.util.Arrays;

/** Durations in nanoseconds, without an object for each. */
final class Latencies {

    private long[] nanos = new long[1 << 16];
    private int size;

    void add(long duration) {
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, size * 2);
        }
        nanos[size++] = duration;
    }

    long[] toArray() {
        return Arrays.copyOf(nanos, size);
    }
}
