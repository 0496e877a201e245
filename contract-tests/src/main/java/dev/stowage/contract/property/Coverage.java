package dev.stowage.contract.property;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.Response;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** Counts what was exercised, so that a property that tests nothing is visible. Thread-safe. */
public final class Coverage {

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
    private final Map<String, LongAccumulator> highest = new ConcurrentHashMap<>();

    void count(Call call) {
        count("call " + call.store() + "." + call.operation());
    }

    void count(Response response) {
        count(response.code() == null ? "response ok" : "response " + response.code());
    }

    public void count(String what) {
        counts.computeIfAbsent(what, fresh -> new LongAdder()).increment();
    }

    /** Keeps the highest of these values. */
    public void highest(String what, long value) {
        highest.computeIfAbsent(what, fresh -> new LongAccumulator(Math::max, Long.MIN_VALUE))
                .accumulate(value);
    }

    /** The counts and the highest values, ordered by name. */
    public Map<String, Long> counts() {
        Map<String, Long> sums = new TreeMap<>();
        counts.forEach((what, count) -> sums.put(what, count.sum()));
        highest.forEach((what, value) -> sums.put(what, value.get()));
        return sums;
    }

    /** How many calls were made. */
    public long calls() {
        return counts().entrySet().stream()
                .filter(count -> count.getKey().startsWith("call "))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
