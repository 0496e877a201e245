package dev.stowage.emulator.fault;

import dev.stowage.emulator.call.Call;
import dev.stowage.emulator.call.CallSummary;
import dev.stowage.storage.StoreName;
import dev.stowage.storage.wire.WireJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * All armed rules. Every rule counts the operations that match it, independently of other rules. If several rules are due for
 * an operation, the one that was armed first fires; the others stay due for the next operation.
 */
public final class FaultRules {

    static final int MAX_RULES = 10_000;

    private final int maxRecordBytes;
    private final List<Armed> rules = new ArrayList<>();
    private final Delays delays = new Delays();
    private volatile boolean idle = true;
    private volatile boolean staleReadArmed;
    private long lastId;

    /** @param maxRecordBytes the maximum size of a record (VAL-8): a race with a larger write is refused */
    public FaultRules(int maxRecordBytes) {
        this.maxRecordBytes = maxRecordBytes;
    }

    /** Returns the faults of one app, or of all apps if {@code appId} is empty. */
    public Faults scopedTo(Optional<String> appId) {
        return new Faults(this, appId);
    }

    /** Whether no rule is armed. Checked first, without a lock, for every operation. */
    public boolean isIdle() {
        return idle;
    }

    /**
     * Counts the operation for each rule that matches, and returns the fault to inject.
     *
     * @param canHappenNow whether the fault is possible in the record's current state; if not, its rule does not count the
     *     operation
     */
    public synchronized Optional<MatchedFault> match(Call call, Predicate<Fault> canHappenNow) {
        @Nullable MatchedFault due = null;
        CallSummary summary = call.summary();
        for (Armed armed : rules) {
            Fault fault = armed.rule.fault();
            if (armed.rule.match().matches(summary)
                    && FaultApplicability.isPossible(fault, call)
                    && canHappenNow.test(fault)) {
                armed.matched++;
                if (due == null && armed.isDue()) {
                    armed.fired++;
                    armed.generateNext();
                    due = new MatchedFault(armed.id, fault);
                }
            }
        }
        return Optional.ofNullable(due);
    }

    synchronized ArmedFault arm(FaultRule rule) {
        return add(new Armed(++lastId, rule, null, 0));
    }

    synchronized ArmedFault armRandom(FaultRule rule, RandomGenerator random, double rate) {
        return add(new Armed(++lastId, rule, random, rate));
    }

    private ArmedFault add(Armed armed) {
        FaultApplicability.check(armed.rule);
        if (armed.rule.fault() instanceof Fault.Race race
                && WireJson.encodeRecord(race.write().value()).length > maxRecordBytes) {
            throw FaultApplicability.refused(
                    "the race's write is larger than a record may be (" + maxRecordBytes + " bytes)");
        }
        if (rules.size() >= MAX_RULES) {
            throw FaultApplicability.refused(
                    MAX_RULES + " rules are armed already; disarm some, or give one rule more times");
        }
        rules.add(armed);
        idle = false;
        staleReadArmed |= armed.isStaleRead();
        return armed.snapshot();
    }

    synchronized List<ArmedFault> list(Predicate<FaultRule> which) {
        return rules.stream()
                .filter(armed -> which.test(armed.rule))
                .map(Armed::snapshot)
                .toList();
    }

    /** Disarms the rules, and ends the delays that they have injected. */
    boolean disarm(Predicate<ArmedFault> which) {
        Set<Long> disarmed = new HashSet<>();
        synchronized (this) {
            rules.removeIf(armed -> which.test(armed.snapshot()) && disarmed.add(armed.id));
            idle = rules.isEmpty();
            staleReadArmed = rules.stream().anyMatch(Armed::isStaleRead);
        }
        delays.end(disarmed);
        return !disarmed.isEmpty();
    }

    /** Starts the delay of an operation. The future completes when the time is over or the rule is disarmed. */
    public CompletableFuture<Void> startDelay(MatchedFault matched, Duration duration) {
        return delays.start(matched.faultId(), duration);
    }

    /** Ends all delays, so that no operation waits any longer. */
    public void endDelays() {
        delays.endAll();
    }

    /** Disarms the rules that can only match operations of this install. */
    public void disarmInstall(long installId) {
        if (!idle) {
            disarm(armed -> armed.rule().match().installId().equals(OptionalLong.of(installId)));
        }
    }

    /** Whether a {@code staleRead} rule that is not used up can match a read of this key. */
    public boolean mayReadStale(String appId, StoreName store, String key) {
        return staleReadArmed && anyMayReadStale(appId, store, key);
    }

    private synchronized boolean anyMayReadStale(String appId, StoreName store, String key) {
        return rules.stream()
                .filter(Armed::isStaleRead)
                .filter(armed -> armed.fired < armed.rule.times())
                .map(armed -> armed.rule.match())
                .anyMatch(match -> match.appId().orElse(appId).equals(appId)
                        && match.store().orElse(store) == store
                        && match.key().orElse(key).equals(key));
    }

    static RandomGenerator randomOf(long seed) {
        return new SplittableRandom(seed);
    }

    /** A rule with its counts. A rule with a rate generates the next operation to hit each time it has fired. */
    private static final class Armed {

        private final long id;
        private final FaultRule rule;
        private final @Nullable RandomGenerator random;
        private final double rate;
        private long matched;
        private long fired;
        private long dueAfter;

        Armed(long id, FaultRule rule, @Nullable RandomGenerator random, double rate) {
            this.id = id;
            this.rule = rule;
            this.random = random;
            this.rate = rate;
            this.dueAfter = rule.skip();
            generateNext();
        }

        boolean isStaleRead() {
            return rule.fault().kind() == Fault.Kind.STALE_READ;
        }

        boolean isDue() {
            return fired < rule.times() && matched > dueAfter;
        }

        void generateNext() {
            if (random != null) {
                // The number of operations between two faults has a geometric distribution.
                dueAfter = matched + (long) Math.floor(Math.log(1 - random.nextDouble()) / Math.log(1 - rate));
            }
        }

        ArmedFault snapshot() {
            return new ArmedFault(id, rule, matched, fired);
        }
    }
}
