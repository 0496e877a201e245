package dev.stowage.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** The bounds that a benchmark has missed. */
final class Bounds {

    private final List<String> missed = new ArrayList<>();

    /** @param format what was measured, and the bound */
    void miss(String format, Object... values) {
        missed.add("missed: " + String.format(format, values));
    }

    /** Prints what was missed, and then ends the process with status 1. */
    void exitIfMissed() {
        missed.forEach(System.out::println);
        if (!missed.isEmpty()) {
            System.exit(1);
        }
    }
}
