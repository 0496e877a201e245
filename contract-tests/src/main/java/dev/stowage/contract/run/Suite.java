package dev.stowage.contract.run;

import dev.stowage.contract.backend.RestartFailedException;
import dev.stowage.contract.backend.StorageUnderTest;
import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.NoResponseException;
import dev.stowage.contract.call.NotCheckableException;
import dev.stowage.contract.property.Coverage;
import dev.stowage.contract.property.Fixture;
import dev.stowage.contract.property.MissingOperations;
import dev.stowage.contract.property.Principal;
import dev.stowage.contract.property.Property.Lane;
import dev.stowage.contract.property.PropertyMethod;
import dev.stowage.contract.property.WallClock;
import dev.stowage.storage.StoreName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs properties against a backend. Plain properties run on several threads; those that advance time run one after the other at the same time; races run alone after them, and restarts alone at the end. Essential tries are made even if the time is over, up to twice the budget.
 */
public final class Suite {

    private static final int LANES_OF_A_FAST_BACKEND = 3;
    private static final int LANES_OF_A_SLOW_BACKEND = 16;
    private static final long SLOW_NANOS = 8_000_000L;

    /** The share of the time for everything except races, in percent. */
    private static final int SHARE_BEFORE_RACES = 55;

    /** A run takes at most this many times its budget, including essential tries. */
    private static final int MOST_BUDGETS = 2;

    private final StorageUnderTest backend;
    private final SuiteOptions options;
    private final ProgressListener progress;
    private final Coverage coverage = new Coverage();
    private final MissingOperations missingOperations = new MissingOperations();
    private final List<PropertyRunner> runners = new ArrayList<>();
    private final AtomicReference<@Nullable String> unusable = new AtomicReference<>();
    private final AtomicReference<@Nullable Throwable> bug = new AtomicReference<>();
    private final long start = WallClock.nanoTime();
    private volatile long laneStart = start;
    private volatile boolean over;

    private Suite(StorageUnderTest backend, SuiteOptions options, ProgressListener progress) {
        this.backend = backend;
        this.options = options;
        this.progress = progress;
    }

    /** Runs these properties. Problems of the backend are in the result, never thrown. */
    public static SuiteResult run(
            StorageUnderTest backend,
            List<PropertyMethod> properties,
            SuiteOptions options,
            ProgressListener progress) {
        return new Suite(backend, options, progress).run(properties);
    }

    private SuiteResult run(List<PropertyMethod> properties) {
        Fixture plain = new Fixture(backend, missingOperations);
        Fixture time = new Fixture(backend, missingOperations);
        Fixture restarts = new Fixture(backend, missingOperations);
        BackendHealth health = new BackendHealth(plain);
        try {
            String prefix = "ct-" + Long.toString(new SplittableRandom().nextLong(1L << 40, 1L << 41), 36) + "-";
            for (PropertyMethod property : properties) {
                if (options.clauses().test(property.clause())) {
                    Fixture fixture = switch (property.property().lane()) {
                        case TIME -> time;
                        case RESTART -> restarts;
                        default -> plain;
                    };
                    runners.add(new PropertyRunner(property, fixture, health, options, coverage, prefix));
                }
            }
            long latency = latency(plain, health);
            // When the share of time is over, D clauses of all lanes come before the rest.
            runConcurrentLanes(latency, 0);
            runRaces();
            runConcurrentLanes(latency, PropertyRunner.LAST_RANK);
            runRestarts();
        } catch (BackendUnavailable given) {
            unusable.compareAndSet(null, given.getMessage());
        } finally {
            if (unusable.get() == null) {
                plain.close();
                time.close();
                restarts.close();
            }
        }
        if (health.unansweredRequest() != null) {
            unusable.compareAndSet(
                    null, "All tries were made, but a request got no response: " + health.unansweredRequest());
        }
        Throwable own = bug.get();
        if (own != null) {
            throw new IllegalStateException("a bug in the suite", own);
        }
        String reason = unusable.get();
        return new SuiteResult(
                backend.name(),
                options,
                runners.stream().map(PropertyRunner::result).toList(),
                coverage.counts(),
                coverage.calls(),
                Duration.ofNanos(WallClock.nanoTime() - start),
                reason == null ? "" : reason,
                reason == null && !over && runners.stream().anyMatch(runner -> runner.needsMoreAttempts(false)),
                missingOperations.names(),
                backend.shellAccess());
    }

    /** The shortest latency of a simple call, in nanoseconds. Also checks that the backend responds. */
    private static long latency(Fixture fixture, BackendHealth health) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long sent = WallClock.nanoTime();
            try {
                fixture.client(Principal.INSTALL)
                        .call(Call.of(StoreName.KV_STORE, "exists", "key", "stowage-contract-alive"));
            } catch (NoResponseException lost) {
                health.verifyAlive(lost);
            } catch (NotCheckableException none) {
                throw new BackendUnavailable("There is no install to test: " + none.getMessage());
            }
            best = Math.min(best, WallClock.nanoTime() - sent);
        }
        return best;
    }

    private void runConcurrentLanes(long latency, int lastRank) {
        List<PropertyRunner> plain = lane(Lane.PLAIN);
        List<PropertyRunner> time = lane(Lane.TIME);
        reportPlanned();
        int lanes = latency > SLOW_NANOS ? LANES_OF_A_SLOW_BACKEND : LANES_OF_A_FAST_BACKEND;
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < lanes; i++) {
            threads.add(thread("stowage-contract-" + i, () -> runLane(plain, SHARE_BEFORE_RACES, lastRank)));
        }
        boolean waits = !time.isEmpty() && !time.get(0).runsWithoutWaiting();
        if (waits) {
            time.forEach(PropertyRunner::planEssentialAttempts);
        }
        // Properties that wait for real time all wait at once, so none of them comes first.
        int lastTimeRank = waits ? PropertyRunner.LAST_RANK : lastRank;
        int timeShare = waits ? 0 : SHARE_BEFORE_RACES;
        for (int i = 0; i < (waits ? time.size() : 1); i++) {
            threads.add(thread("stowage-contract-time-" + i, () -> runLane(time, timeShare, lastTimeRank)));
        }
        threads.forEach(Thread::start);
        join(threads);
    }

    private void runRaces() {
        Thread races = thread("stowage-contract-races", () -> runLane(lane(Lane.RACE), 100, PropertyRunner.LAST_RANK));
        races.start();
        join(List.of(races));
    }

    /** A durable backend is restarted after all other tries, so that a state that is lost disturbs none of them. */
    private void runRestarts() {
        laneStart = WallClock.nanoTime();
        Thread restarts =
                thread("stowage-contract-restarts", () -> runLane(lane(Lane.RESTART), 100, PropertyRunner.LAST_RANK));
        restarts.start();
        join(List.of(restarts));
    }

    private static void join(List<Thread> threads) {
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException ended) {
            threads.forEach(Thread::interrupt);
            Thread.currentThread().interrupt();
            throw new BackendUnavailable("The run was interrupted.");
        }
    }

    private static Thread thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    private List<PropertyRunner> lane(Lane lane) {
        return runners.stream().filter(runner -> runner.lane() == lane).toList();
    }

    /**
     * Makes tries until none are left or this share of the time is over.
     *
     * @param lastRank the last rank whose essential tries are made after that
     */
    private void runLane(List<PropertyRunner> lane, int share, int lastRank) {
        try {
            while (!over && unusable.get() == null) {
                Turn next = nextTurn(lane, share, lastRank);
                if (next == null) {
                    return;
                }
                reportAttempt(next.runner(), next.runner().attempt(next.number()));
            }
        } catch (BackendUnavailable | RestartFailedException given) {
            unusable.compareAndSet(null, given.getMessage());
        } catch (RuntimeException | Error own) {
            bug.compareAndSet(null, own);
            over = true;
        }
    }

    private record Turn(PropertyRunner runner, int number) {}

    /** The property that has been tried least, of the first origin that needs more tries. */
    private @Nullable Turn nextTurn(List<PropertyRunner> lane, int share, int lastRank) {
        synchronized (lane) {
            long spent = WallClock.nanoTime() - laneStart;
            long budget = options.budget().toNanos();
            boolean essential = spent > budget * share / 100;
            if (spent > budget * MOST_BUDGETS) {
                return null;
            }
            PropertyRunner next = lane.stream()
                    .filter(runner -> !essential || runner.rank() <= lastRank)
                    .filter(runner -> runner.needsMoreAttempts(essential))
                    .min(Comparator.comparingInt(PropertyRunner::rank).thenComparing(PropertyRunner::attemptCount))
                    .orElse(null);
            return next == null ? null : new Turn(next, next.nextAttemptNumber());
        }
    }

    private synchronized void reportAttempt(PropertyRunner runner, @Nullable Finding finding) {
        progress.tried(runner.property().name());
        if (finding != null) {
            progress.found(finding);
            over |= options.failFast() && finding.binding();
        }
        reportPlanned();
    }

    private synchronized void reportPlanned() {
        progress.planned(runners.stream().mapToLong(PropertyRunner::planned).sum());
    }
}
