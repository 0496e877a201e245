package dev.stowage.emulator.fault;

import dev.stowage.emulator.call.Call;
import dev.stowage.emulator.call.CallSummary;
import dev.stowage.storage.wire.WireJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * All armed rules. Every rule counts the operations that match it, whatever other rules do; of those that are due for an
 * operation the one armed first fires, and the others stay due.
 */
public final class FaultRules {

    static final int MAX_RULES = 10_000;

    private final int maxRecordBytes;
    private final List<Armed> rules = new ArrayList<>();
    private volatile boolean idle = true;
    private long lastId;

    /** @param maxRecordBytes the largest record (VAL-8), so that no race can be armed whose write would be refused */
    public FaultRules(int maxRecordBytes) {
        this.maxRecordBytes = maxRecordBytes;
    }

    /** A view for one app, or of everything. */
    public Faults scopedTo(Optional<String> appId) {
        return new Faults(this, appId);
    }

    /** True while there is nothing to match: what an operation asks first. */
    public boolean isIdle() {
        return idle;
    }

    /**
     * Counts the operation, and says which fault it meets.
     *
     * @param canHappenNow whether the record's state lets the fault happen; a rule doesn't count operations where it doesn't
     */
    public synchronized Optional<Fault> match(Call call, Predicate<Fault> canHappenNow) {
        @Nullable Fault met = null;
        CallSummary summary = call.summary();
        for (Armed armed : rules) {
            Fault fault = armed.rule.fault();
            if (armed.rule.match().matches(summary)
                    && FaultApplicability.isPossible(fault, call)
                    && canHappenNow.test(fault)) {
                armed.matched++;
                if (met == null && armed.isDue()) {
                    armed.fired++;
                    armed.drawNext();
                    met = fault;
                }
            }
        }
        return Optional.ofNullable(met);
    }

    synchronized ArmedFault arm(FaultRule rule) {
        return add(new Armed(++lastId, rule, null, 0));
    }

    synchronized ArmedFault armDrawn(FaultRule rule, RandomGenerator random, double rate) {
        return add(new Armed(++lastId, rule, random, rate));
    }

    private ArmedFault add(Armed armed) {
        FaultApplicability.check(armed.rule);
        if (armed.rule.fault() instanceof Fault.Race race
                && WireJson.encodeRecord(race.write().value()).length > maxRecordBytes) {
            throw FaultApplicability.refused(
                    "the race's write is larger than a record may be, " + maxRecordBytes + " bytes");
        }
        if (rules.size() >= MAX_RULES) {
            throw FaultApplicability.refused(
                    MAX_RULES + " rules are armed already; disarm some, or give one rule more times");
        }
        rules.add(armed);
        idle = false;
        return armed.snapshot();
    }

    synchronized List<ArmedFault> list(Predicate<FaultRule> which) {
        return rules.stream()
                .filter(armed -> which.test(armed.rule))
                .map(Armed::snapshot)
                .toList();
    }

    synchronized boolean disarm(Predicate<ArmedFault> which) {
        boolean any = rules.removeIf(armed -> which.test(armed.snapshot()));
        idle = rules.isEmpty();
        return any;
    }

    static RandomGenerator randomOf(long seed) {
        return new SplittableRandom(seed);
    }

    /** A rule with its counts; one that was drawn has its next moment drawn after every time. */
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
            drawNext();
        }

        boolean isDue() {
            return fired < rule.times() && matched > dueAfter;
        }

        void drawNext() {
            if (random != null) {
                // How many operations pass before one meets a fault of this rate: geometric.
                dueAfter = matched + (long) Math.floor(Math.log(1 - random.nextDouble()) / Math.log(1 - rate));
            }
        }

        ArmedFault snapshot() {
            return new ArmedFault(id, rule, matched, fired);
        }
    }
}
