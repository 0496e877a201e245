package dev.stowage.reliability.cluster;

import dev.stowage.contract.run.Finding;
import dev.stowage.contract.run.SuiteResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run found.
 *
 * @param disturbances how often each part was killed and paused
 */
public record ClusterReport(SuiteResult result, Map<String, Integer> disturbances) {

    /** The longest that a client may wait for a response. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(15);

    /** The longest that a client waited. */
    public Duration slowestCall() {
        return Duration.ofMillis(result.distribution().getOrDefault("slowest call while disturbed (ms)", 0L));
    }

    /** The violations, and a wait that was too long; empty if all was well. */
    public List<String> findings() {
        List<String> findings = new ArrayList<>();
        result.results().stream()
                .flatMap(property -> property.findings().stream())
                .map(Finding::message)
                .forEach(findings::add);
        if (!result.abortReason().isEmpty()) {
            findings.add("the run was aborted: " + result.abortReason());
        }
        if (slowestCall().compareTo(LONGEST_WAIT) > 0) {
            findings.add("a client waited " + slowestCall().toMillis() + " ms");
        }
        return findings;
    }

    private int sum(String what) {
        return disturbances.entrySet().stream()
                .filter(each -> each.getKey().endsWith(what))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d kills and %d pauses (%s); %,d calls, %,d of them with a result; %,d histories linearizable, %,d unknown;"
                        + " slowest call %.1f s",
                sum("killed"),
                sum("paused"),
                new TreeMap<>(disturbances),
                result.calls(),
                count("response ok"),
                count("history: OK"),
                count("history: UNKNOWN"),
                slowestCall().toMillis() / 1000.0);
    }

    private long count(String what) {
        return result.distribution().getOrDefault(what, 0L);
    }
}
