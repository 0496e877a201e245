package dev.stowage.reliability.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** What a run of the fuzzer has sent and found. Safe for many threads at once. */
public final class FuzzReport {

    private final Map<String, LongAdder> responses = new ConcurrentSkipListMap<>();
    private final List<String> findings = new ArrayList<>();

    void sent(String outcome) {
        responses.computeIfAbsent(outcome, first -> new LongAdder()).increment();
    }

    void found(long number, FuzzRequest request, String what) {
        found("request " + number + ": " + what + "\n    " + request);
    }

    synchronized void found(String finding) {
        findings.add(finding);
    }

    /** What went wrong; empty if nothing did. */
    public synchronized List<String> findings() {
        return List.copyOf(findings);
    }

    /** How many requests were sent. */
    public long requests() {
        return responses.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** How many requests had each status; {@code unfinished} counts those that were broken off on purpose. */
    public Map<String, Long> responses() {
        Map<String, Long> counts = new TreeMap<>();
        responses.forEach((status, count) -> counts.put(status, count.sum()));
        return counts;
    }
}
