package dev.stowage.contract.run;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.NoAnswer;
import dev.stowage.contract.call.NotCheckable;
import dev.stowage.contract.door.StorageUnderTest;
import dev.stowage.contract.run.Property.Lane;
import dev.stowage.storage.StoreName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs properties against a backend: plain ones by several threads in turns, those that move time beside them one after the other,
 * races alone at the end. Every property is tried once whatever it costs, and then again as long as there is time.
 */
public final class Suite {

    private static final int LANES_OF_A_FAST_BACKEND = 3;
    private static final int LANES_OF_A_SLOW_BACKEND = 16;
    private static final long SLOW_NANOS = 8_000_000L;

    /** The share of the time that is for everything but races, in hundredths. */
    private static final int SHARE_BEFORE_RACES = 55;

    /** How many times its budget a run takes at most, what is essential included. */
    private static final int MOST_BUDGETS = 2;

    private final StorageUnderTest backend;
    private final Settings settings;
    private final Progress progress;
    private final Distribution distribution = new Distribution();
    private final List<Work> works = new ArrayList<>();
    private final AtomicReference<@Nullable String> unusable = new AtomicReference<>();
    private final AtomicReference<@Nullable Throwable> bug = new AtomicReference<>();
    private final long start = Waiting.nanoTime();
    private volatile boolean over;
    private volatile boolean cutShort;

    private Suite(StorageUnderTest backend, Settings settings, Progress progress) {
        this.backend = backend;
        this.settings = settings;
        this.progress = progress;
    }

    /** Runs these properties; what goes wrong with the backend is in the outcome, never thrown. */
    public static Outcome run(
            StorageUnderTest backend, List<PropertyMethod> properties, Settings settings, Progress progress) {
        return new Suite(backend, settings, progress).run(properties);
    }

    private Outcome run(List<PropertyMethod> properties) {
        World plain = new World(backend);
        World time = new World(backend);
        Liveness liveness = new Liveness(plain);
        try {
            String prefix = "ct-" + Long.toString(new SplittableRandom().nextLong(1L << 40, 1L << 41), 36) + "-";
            for (PropertyMethod property : properties) {
                if (settings.clauses().test(property.clause())) {
                    World world = property.property().lane() == Lane.TIME ? time : plain;
                    works.add(new Work(property, world, liveness, settings, distribution, prefix));
                }
            }
            long latency = latency(plain, liveness);
            together(latency);
            races();
        } catch (Unusable given) {
            unusable.compareAndSet(null, given.getMessage());
        } finally {
            if (unusable.get() == null) {
                plain.close();
                time.close();
            }
        }
        if (liveness.neverAnswered() != null) {
            unusable.compareAndSet(
                    null, "All was tried, but a request was never answered: " + liveness.neverAnswered());
        }
        Throwable own = bug.get();
        if (own != null) {
            throw new IllegalStateException("a bug in the suite", own);
        }
        String reason = unusable.get();
        return new Outcome(
                backend.name(),
                settings,
                works.stream().map(Work::result).toList(),
                distribution.counts(),
                distribution.calls(),
                Duration.ofNanos(Waiting.nanoTime() - start),
                reason == null ? "" : reason,
                cutShort);
    }

    /** What a simple call takes, at best; also the first sign of life. */
    private static long latency(World world, Liveness liveness) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long sent = Waiting.nanoTime();
            try {
                world.client(Who.INSTALL).call(Call.of(StoreName.KV_STORE, "exists", "key", "stowage-contract-alive"));
            } catch (NoAnswer lost) {
                liveness.check(lost);
            } catch (NotCheckable none) {
                throw new Unusable("There is no install to test: " + none.getMessage());
            }
            best = Math.min(best, Waiting.nanoTime() - sent);
        }
        return best;
    }

    private void together(long latency) {
        List<Work> plain = lane(Lane.PLAIN);
        List<Work> time = lane(Lane.TIME);
        planned();
        int lanes = latency > SLOW_NANOS ? LANES_OF_A_SLOW_BACKEND : LANES_OF_A_FAST_BACKEND;
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < lanes; i++) {
            threads.add(thread("stowage-contract-" + i, () -> work(plain, SHARE_BEFORE_RACES)));
        }
        boolean waits = !time.isEmpty() && !time.get(0).waitsForNothing();
        for (int i = 0; i < (waits ? time.size() : 1); i++) {
            threads.add(thread("stowage-contract-time-" + i, () -> work(time, waits ? 0 : SHARE_BEFORE_RACES)));
        }
        threads.forEach(Thread::start);
        join(threads);
    }

    private void races() {
        Thread races = thread("stowage-contract-races", () -> work(lane(Lane.RACE), 100));
        races.start();
        join(List.of(races));
    }

    private static void join(List<Thread> threads) {
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException ended) {
            threads.forEach(Thread::interrupt);
            Thread.currentThread().interrupt();
            throw new Unusable("The run was interrupted.");
        }
    }

    private static Thread thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    private List<Work> lane(Lane lane) {
        return works.stream().filter(work -> work.lane() == lane).toList();
    }

    /** Takes tries until there are none left, or the share of the time is over. */
    private void work(List<Work> lane, int share) {
        try {
            while (!over && unusable.get() == null) {
                Turn next = next(lane, share);
                if (next == null) {
                    return;
                }
                tell(next.work(), next.work().attempt(next.number()));
            }
        } catch (Unusable given) {
            unusable.compareAndSet(null, given.getMessage());
        } catch (RuntimeException | Error own) {
            bug.compareAndSet(null, own);
            over = true;
        }
    }

    private record Turn(Work work, int number) {}

    /** The property that has been tried least. */
    private @Nullable Turn next(List<Work> lane, int share) {
        synchronized (lane) {
            long spent = Waiting.nanoTime() - start;
            long budget = settings.budget().toNanos();
            boolean essential = spent > budget * share / 100;
            if (spent > budget * MOST_BUDGETS) {
                cutShort = true;
                return null;
            }
            Work least = null;
            for (Work work : lane) {
                if (work.wantsMore(essential) && (least == null || work.tried() < least.tried())) {
                    least = work;
                } else if (essential && work.wantsMore(false)) {
                    cutShort = true;
                }
            }
            return least == null ? null : new Turn(least, least.issue());
        }
    }

    private synchronized void tell(Work work, @Nullable Finding finding) {
        progress.tried(work.property().name());
        if (finding != null) {
            progress.found(finding);
            over |= settings.failFast() && finding.binding();
        }
        planned();
    }

    private synchronized void planned() {
        progress.planned(works.stream().mapToLong(Work::planned).sum());
    }
}
