package dev.stowage.emulator.fault;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The operations that a delay fault makes wait. They occupy no thread. The time is real time, because a client's timeouts run in
 * real time.
 */
final class Delays {

    private final Map<Long, Set<Delay>> byRule = new ConcurrentHashMap<>();

    /** One operation that waits. A delay equals only itself. */
    private static final class Delay {
        private final CompletableFuture<Void> over = new CompletableFuture<>();
    }

    /** Completes after the time, or when the rule is disarmed. */
    CompletableFuture<Void> start(long faultId, Duration duration) {
        Delay delay = new Delay();
        byRule.compute(faultId, (id, delays) -> {
            Set<Delay> all = delays == null ? ConcurrentHashMap.newKeySet() : delays;
            all.add(delay);
            return all;
        });
        // Not the stage after it is returned: whoever completes that one would leave the delay behind until its time is
        // over.
        CompletableFuture<Void> unused = delay.over.whenComplete((over, problem) -> forget(faultId, delay));
        return delay.over.completeOnTimeout(null, duration.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void forget(long faultId, Delay delay) {
        byRule.computeIfPresent(faultId, (id, delays) -> {
            delays.remove(delay);
            return delays.isEmpty() ? null : delays;
        });
    }

    void end(Collection<Long> faultIds) {
        for (Long faultId : faultIds) {
            Set<Delay> delays = byRule.remove(faultId);
            if (delays != null) {
                delays.forEach(delay -> delay.over.complete(null));
            }
        }
    }

    /** How many operations wait. */
    int waiting() {
        return byRule.values().stream().mapToInt(Set::size).sum();
    }

    void endAll() {
        end(Set.copyOf(byRule.keySet()));
    }
}
