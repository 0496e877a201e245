package dev.stowage.contract.run;

import dev.stowage.contract.call.NoResponseException;
import dev.stowage.contract.call.NotCheckableException;
import dev.stowage.contract.clause.Clauses;
import dev.stowage.contract.clause.Origin;
import dev.stowage.contract.generator.DrawLog;
import dev.stowage.contract.property.Attempt;
import dev.stowage.contract.property.ClauseViolation;
import dev.stowage.contract.property.Coverage;
import dev.stowage.contract.property.Fixture;
import dev.stowage.contract.property.OmittedCalls;
import dev.stowage.contract.property.Property.Lane;
import dev.stowage.contract.property.PropertyMethod;
import dev.stowage.contract.property.Step;
import dev.stowage.contract.property.Trial;
import dev.stowage.contract.property.WallClock;
import dev.stowage.contract.shrink.Shrinker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Runs one property: counts its tries, which several threads make, and collects its findings. */
final class PropertyRunner {

    static final int LAST_RANK = 2;
    private static final double GOLDEN = 0.6180339887;

    /** The limit of essential tries, however many pairs of choices there are. */
    private static final int MOST_ESSENTIAL = 60;

    /** A property with many combinations of choices is tried at most this many times as often as others. */
    private static final int MOST_TIMES_TRIES = 3;

    private static final long NANOS_TO_SHRINK = 2_500_000_000L;
    private static final AtomicLong KEYS = new AtomicLong();

    private final PropertyMethod property;
    private final Fixture fixture;
    private final BackendHealth health;
    private final SuiteOptions options;
    private final Coverage coverage;
    private final String keyPrefix;
    private final boolean foreign;
    private final Map<String, Finding> findings = new LinkedHashMap<>();
    private @Nullable String because;
    private int issued;
    private int tried;
    private int skipped;
    private long needed;
    private long combinations = 1;
    private int pairs = 1;
    private boolean done;
    private boolean essentialOnly;
    private long nanos;

    PropertyRunner(
            PropertyMethod property,
            Fixture fixture,
            BackendHealth health,
            SuiteOptions options,
            Coverage coverage,
            String keyPrefix) {
        this.property = property;
        this.fixture = fixture;
        this.health = health;
        this.options = options;
        this.coverage = coverage;
        this.keyPrefix = keyPrefix;
        this.foreign = !fixture.backend().isStrict();
        this.needed = Math.max(1, (long) options.tries() * property.property().share() / 100);
    }

    PropertyMethod property() {
        return property;
    }

    Lane lane() {
        return property.property().lane();
    }

    /** The order of properties: 0 for D clauses, 1 for V, 2 for E and other advisory ones. */
    int rank() {
        if (property.isAdvisory()) {
            return LAST_RANK;
        }
        return switch (Clauses.of(property.clause()).origin()) {
            case D -> 0;
            case V -> 1;
            case E -> LAST_RANK;
        };
    }

    /** @param essential true to count only the tries that are made even if the time is over */
    synchronized boolean needsMoreAttempts(boolean essential) {
        return !done && issued < (essential ? essentialAttempts() : plannedAttempts());
    }

    private int essentialAttempts() {
        return Math.min(MOST_ESSENTIAL, pairs);
    }

    private long plannedAttempts() {
        return essentialOnly ? essentialAttempts() : needed;
    }

    /** Plans only essential tries, because they wait for real time to pass. */
    synchronized void planEssentialAttempts() {
        essentialOnly = true;
    }

    synchronized int nextAttemptNumber() {
        return issued++;
    }

    synchronized int attemptCount() {
        return issued;
    }

    /** False if its tries wait for real time to pass. */
    boolean runsWithoutWaiting() {
        try {
            return fixture.app().canAdvanceTime();
        } catch (NoResponseException | NotCheckableException unknown) {
            return true;
        }
    }

    synchronized long planned() {
        return done ? issued : plannedAttempts();
    }

    /** Makes the try with this number. Returns a new finding, or null. */
    @Nullable
    Finding attempt(int number) {
        long start = WallClock.nanoTime();
        Finding finding = null;
        try {
            finding = attemptOnce(number);
        } finally {
            synchronized (this) {
                nanos += WallClock.nanoTime() - start;
                tried++;
            }
        }
        return finding;
    }

    private @Nullable Finding attemptOnce(int number) {
        DrawLog draws = DrawLog.of(
                options.seed() * 1_000_003 + number * 7919L + property.name().hashCode());
        long place = combination(number);
        Attempt attempt = tryOnce(draws, number, place);
        for (int known = -1; attempt.notCheckable() != null && known < missingOperations(); ) {
            // The try has found a missing operation; without it the property may still be checkable.
            known = missingOperations();
            attempt = tryOnce(draws.replay(), number, place);
        }
        if (attempt.unanswered() != null) {
            health.verifyAlive(attempt.unanswered());
            Attempt again = tryOnce(draws.replay(), number, place);
            if (again.unanswered() == null) {
                health.recordLostResponse(attempt.unanswered());
                attempt = again;
            } else {
                health.verifyAlive(again.unanswered());
                if (again.trial().unansweredCall().equals(attempt.trial().unansweredCall())) {
                    return recordNeverAnswered(again, again.unanswered());
                }
                health.recordLostResponse(attempt.unanswered());
                health.recordLostResponse(again.unanswered());
                return null;
            }
        }
        synchronized (this) {
            combinations = Math.max(combinations, attempt.trial().combinations());
            pairs = Math.max(pairs, attempt.trial().pairs());
            needed = Math.max(needed, Math.min(combinations, MOST_TIMES_TRIES * (long) options.tries()));
            if (attempt.notCheckable() != null) {
                because = attempt.notCheckable().getMessage();
                skipped++;
                needed = Math.min(needed, Math.max(8, pairs));
                return null;
            }
        }
        return attempt.violation() == null ? null : shrinkAndRecord(attempt, attempt.violation(), number, place);
    }

    private int missingOperations() {
        return fixture.missingOperations().count();
    }

    private Attempt tryOnce(DrawLog draws, int number, long place) {
        return tryOnce(draws, OmittedCalls.NOTHING, number, place);
    }

    private Attempt tryOnce(DrawLog draws, OmittedCalls omitted, int number, long place) {
        String prefix = keyPrefix + Long.toString(KEYS.incrementAndGet(), 36);
        Trial trial = new Trial(fixture, property.clause(), draws, number, place, prefix, coverage, omitted);
        return Attempt.run(property, trial, draws, omitted);
    }

    /** The combination for this try. All are used before any is repeated, and consecutive ones differ in every choice. */
    private synchronized long combination(int number) {
        long step = Math.max(1, (long) (combinations * GOLDEN));
        while (gcd(step, combinations) != 1) {
            step++;
        }
        return Math.floorMod(number * step, combinations);
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    private @Nullable Finding shrinkAndRecord(Attempt attempt, ClauseViolation violation, int number, long place) {
        synchronized (this) {
            if (done || findings.containsKey(violation.clause())) {
                return null;
            }
            done |= isBinding(violation.clause());
        }
        boolean waits = lane() == Lane.TIME && !fixture.app().canAdvanceTime();
        // A restart takes seconds, so these properties use many records with few calls each instead.
        Shrinker.Shrunk shrunk = waits || lane() == Lane.RESTART
                ? new Shrinker.Shrunk(attempt, attempt.steps().stream().allMatch(step -> step.together() == 0))
                : Shrinker.shrink(
                        attempt, (smaller, omitted) -> tryOnce(smaller, omitted, number, place), NANOS_TO_SHRINK);
        ClauseViolation shortest = shrunk.attempt().violation() == null
                ? violation
                : shrunk.attempt().violation();
        return record(new Finding(
                violation.clause(),
                property.name(),
                isBinding(violation.clause()),
                String.valueOf(shortest.getMessage()),
                lane() == Lane.RESTART
                        ? withoutRepetitions(shrunk.attempt().steps())
                        : shrunk.attempt().steps(),
                shrunk.reproducible(),
                shortest.drawingHtml()));
    }

    private String ownChapter() {
        return Clauses.of(property.clause()).chapter();
    }

    /** Clients that read all the time make the same concurrent call with the same response many times; the last one stays. */
    private static List<Step> withoutRepetitions(List<Step> steps) {
        List<Step> rest = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).together() == 0
                    || !steps.subList(i + 1, steps.size()).contains(steps.get(i))) {
                rest.add(steps.get(i));
            }
        }
        return rest;
    }

    private Finding recordNeverAnswered(Attempt attempt, NoResponseException lost) {
        String clause = property.clause();
        synchronized (this) {
            done |= isBinding(clause);
        }
        List<Step> steps = attempt.trial().steps(java.util.Set.of());
        return record(new Finding(
                clause,
                property.name(),
                isBinding(clause),
                clause + " is broken: a call got no response, twice, while other calls did. " + lost.getMessage(),
                steps.subList(Math.max(0, steps.size() - 5), steps.size()),
                true,
                ""));
    }

    private synchronized Finding record(Finding finding) {
        findings.put(finding.clause(), finding);
        return finding;
    }

    /** A backend that is declared to be durable is bound by chapter 12, whatever else it may decide. */
    private boolean isBinding(String clause) {
        if (!foreign || (lane() == Lane.RESTART && Clauses.of(clause).chapter().equals(ownChapter()))) {
            return true;
        }
        return !property.property().advisory() && Clauses.of(clause).origin() != Origin.E;
    }

    synchronized PropertyResult result() {
        List<Finding> found = new ArrayList<>(findings.values());
        Verdict verdict = found.stream().anyMatch(Finding::binding)
                ? Verdict.BROKEN
                : !found.isEmpty() ? Verdict.ADVISORY : tried > skipped ? Verdict.HELD : Verdict.NOT_CHECKABLE;
        String reason = verdict != Verdict.NOT_CHECKABLE
                ? ""
                : because == null ? "it was not tried: the run ended before" : because;
        return new PropertyResult(
                property, verdict, tried, done ? tried : plannedAttempts(), reason, found, Duration.ofNanos(nanos));
    }
}
