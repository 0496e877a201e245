package dev.stowage.contract.run;

import dev.stowage.contract.call.NoAnswer;
import dev.stowage.contract.call.NotCheckable;
import dev.stowage.contract.clause.Clauses;
import dev.stowage.contract.clause.Origin;
import dev.stowage.contract.draw.Draws;
import dev.stowage.contract.run.Property.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One property while it runs: how often it has been tried, by whoever has time, and what it has found. */
final class Work {

    private static final double GOLDEN = 0.6180339887;

    /** However many pairs of choices there are. */
    private static final int MOST_ESSENTIAL = 60;

    /** A property with many combinations of choices is tried so many times as often as others. */
    private static final int MOST_TIMES_TRIES = 3;

    private static final long NANOS_TO_SHRINK = 2_500_000_000L;
    private static final AtomicLong KEYS = new AtomicLong();

    private final PropertyMethod property;
    private final World world;
    private final Liveness liveness;
    private final Settings settings;
    private final Distribution distribution;
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
    private long nanos;

    Work(
            PropertyMethod property,
            World world,
            Liveness liveness,
            Settings settings,
            Distribution distribution,
            String keyPrefix) {
        this.property = property;
        this.world = world;
        this.liveness = liveness;
        this.settings = settings;
        this.distribution = distribution;
        this.keyPrefix = keyPrefix;
        this.foreign = !world.backend().isOurs();
        this.needed = Math.max(1, (long) settings.tries() * property.property().share() / 100);
    }

    PropertyMethod property() {
        return property;
    }

    Lane lane() {
        return property.property().lane();
    }

    /** @param essential only what has to be tried whatever it costs */
    synchronized boolean wantsMore(boolean essential) {
        return !done && issued < (essential ? Math.min(MOST_ESSENTIAL, pairs) : needed);
    }

    synchronized int issue() {
        return issued++;
    }

    synchronized int tried() {
        return issued;
    }

    /** False where its tries wait for real time to go by. */
    boolean waitsForNothing() {
        try {
            return world.app().movesTime();
        } catch (NoAnswer | NotCheckable unknown) {
            return true;
        }
    }

    synchronized long planned() {
        return done ? issued : needed;
    }

    /** Makes the try of that number; answers what it found that is new. */
    @Nullable
    Finding attempt(int number) {
        long start = Waiting.nanoTime();
        Finding finding = null;
        try {
            finding = attemptOnce(number);
        } finally {
            synchronized (this) {
                nanos += Waiting.nanoTime() - start;
                tried++;
            }
        }
        return finding;
    }

    private @Nullable Finding attemptOnce(int number) {
        Draws draws = Draws.of(
                settings.seed() * 1_000_003 + number * 7919L + property.name().hashCode());
        long place = place(number);
        Attempt attempt = tryOnce(draws, number, place);
        if (attempt.lost() != null) {
            liveness.check(attempt.lost());
            Attempt again = tryOnce(draws.again(), number, place);
            if (again.lost() == null) {
                liveness.lostOnce(attempt.lost());
                attempt = again;
            } else {
                liveness.check(again.lost());
                if (again.trial().lostAt().equals(attempt.trial().lostAt())) {
                    return lostTwice(again, again.lost());
                }
                liveness.lostOnce(attempt.lost());
                liveness.lostOnce(again.lost());
                return null;
            }
        }
        synchronized (this) {
            combinations = Math.max(combinations, attempt.trial().combinations());
            pairs = Math.max(pairs, attempt.trial().pairs());
            needed = Math.max(needed, Math.min(combinations, MOST_TIMES_TRIES * (long) settings.tries()));
            if (attempt.notCheckable() != null) {
                because = attempt.notCheckable().getMessage();
                skipped++;
                needed = Math.min(needed, Math.max(8, pairs));
                return null;
            }
        }
        return attempt.broken() == null ? null : found(attempt, attempt.broken(), number, place);
    }

    private Attempt tryOnce(Draws draws, int number, long place) {
        return tryOnce(draws, LeftOut.NOTHING, number, place);
    }

    private Attempt tryOnce(Draws draws, LeftOut leftOut, int number, long place) {
        String prefix = keyPrefix + Long.toString(KEYS.incrementAndGet(), 36);
        Trial trial = new Trial(world, property.clause(), draws, number, place, prefix, distribution, leftOut);
        return Attempt.make(property, trial, draws, leftOut);
    }

    /** The combinations of choices in an order in which neighbours differ in all of them: each once before any twice. */
    private synchronized long place(int number) {
        long step = Math.max(1, (long) (combinations * GOLDEN));
        while (gcd(step, combinations) != 1) {
            step++;
        }
        return Math.floorMod(number * step, combinations);
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    private @Nullable Finding found(Attempt attempt, Broken broken, int number, long place) {
        synchronized (this) {
            if (done || findings.containsKey(broken.clause())) {
                return null;
            }
            done |= isBinding(broken.clause());
        }
        boolean waits = lane() == Lane.TIME && !world.app().movesTime();
        Shrinking.Shrunk shrunk = waits
                ? new Shrinking.Shrunk(attempt, true)
                : Shrinking.shrink(
                        attempt, (smaller, leftOut) -> tryOnce(smaller, leftOut, number, place), NANOS_TO_SHRINK);
        Broken shortest =
                shrunk.attempt().broken() == null ? broken : shrunk.attempt().broken();
        return keep(new Finding(
                broken.clause(),
                property.name(),
                isBinding(broken.clause()),
                String.valueOf(shortest.getMessage()),
                shrunk.attempt().steps(),
                shrunk.always(),
                shortest.picture()));
    }

    private Finding lostTwice(Attempt attempt, NoAnswer lost) {
        String clause = property.clause();
        synchronized (this) {
            done |= isBinding(clause);
        }
        List<Step> steps = attempt.trial().steps(java.util.Set.of());
        return keep(new Finding(
                clause,
                property.name(),
                isBinding(clause),
                clause + " is broken: a call got no answer, twice, while others were answered. " + lost.getMessage(),
                steps.subList(Math.max(0, steps.size() - 5), steps.size()),
                true,
                ""));
    }

    private synchronized Finding keep(Finding finding) {
        findings.put(finding.clause(), finding);
        return finding;
    }

    private boolean isBinding(String clause) {
        if (!foreign) {
            return true;
        }
        return !property.property().advisory() && Clauses.of(clause).origin() != Origin.E;
    }

    synchronized PropertyResult result() {
        List<Finding> found = new ArrayList<>(findings.values());
        Verdict verdict = found.stream().anyMatch(Finding::binding)
                ? Verdict.BROKEN
                : !found.isEmpty() ? Verdict.ADVISORY : tried > skipped ? Verdict.HELD : Verdict.NOT_CHECKABLE;
        String reason = verdict != Verdict.NOT_CHECKABLE ? "" : because == null ? "it was not reached" : because;
        return new PropertyResult(property, verdict, tried, reason, found, Duration.ofNanos(nanos));
    }
}
