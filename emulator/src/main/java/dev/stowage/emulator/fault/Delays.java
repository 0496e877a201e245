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

    private final Map<Long, Set<CompletableFuture<Void>>> byRule = new ConcurrentHashMap<>();

    /** Completes after the time, or when the rule is disarmed. */
    CompletableFuture<Void> start(long faultId, Duration duration) {
        CompletableFuture<Void> delay = new CompletableFuture<>();
        byRule.compute(faultId, (id, delays) -> {
            Set<CompletableFuture<Void>> all = delays == null ? ConcurrentHashMap.newKeySet() : delays;
            all.add(delay);
            return all;
        });
        delay.whenComplete((over, problem) -> forget(faultId, delay));
        return delay.completeOnTimeout(null, duration.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void forget(long faultId, CompletableFuture<Void> delay) {
        byRule.computeIfPresent(faultId, (id, delays) -> {
            delays.remove(delay);
            return delays.isEmpty() ? null : delays;
        });
    }

    void end(Collection<Long> faultIds) {
        for (Long faultId : faultIds) {
            Set<CompletableFuture<Void>> delays = byRule.remove(faultId);
            if (delays != null) {
                delays.forEach(delay -> delay.complete(null));
            }
        }
    }

    void endAll() {
        end(Set.copyOf(byRule.keySet()));
    }
}
