package dev.stowage.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.emulator.time.EmulatorClock;
import dev.stowage.storage.Hash;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.Storage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;

/** Races are found in every run, and correct code passes. */
class InterleavingsTest {

    /** Five apps, each with a race. */
    @ExtendWith(StorageEmulator.class)
    static class Broken {

        @InterleavingTest
        void aLostUpdate(KeyValueStore kv, Actors actors) throws InterruptedException {
            both(actors, () -> {
                Hash visits = kv.get("visits");
                kv.put("visits", visits.with("n", n(visits) + 1));
            });
            assertThat(kv.get("visits")).isEqualTo(Hash.of("n", 2));
        }

        @InterleavingTest
        void checkThenAct(KeyValueStore kv, Actors actors) throws InterruptedException {
            AtomicInteger winners = new AtomicInteger();
            both(actors, () -> {
                if (!kv.exists("leader")) {
                    kv.put("leader", Hash.of("is", "me"));
                    winners.incrementAndGet();
                }
            });
            assertThat(winners).hasValue(1);
        }

        @InterleavingTest
        void aTokenThatIsRefreshedTwice(Storage storage, Actors actors) throws InterruptedException {
            AtomicInteger asked = new AtomicInteger();
            both(actors, () -> {
                if (storage.secrets().get("token").isEmpty()) {
                    storage.secrets().put("token", Hash.of("token", "token-" + asked.incrementAndGet()));
                }
            });
            assertThat(asked).hasValue(1);
        }

        @InterleavingTest
        void aCounterByGetAndPut(KeyValueStore kv, Actors actors) throws InterruptedException {
            both(actors, () -> kv.put("orders", Hash.of("n", n(kv.get("orders")) + 1)));
            assertThat(kv.get("orders")).isEqualTo(Hash.of("n", 2));
        }

        @InterleavingTest
        void aQueueReadByPeekAndShift(KeyValueStore kv, Actors actors) throws InterruptedException {
            kv.appendMulti("queue", Map.of("jobs", List.of("first", "second")));
            List<Object> done = new CopyOnWriteArrayList<>();
            both(actors, () -> {
                done.add(kv.peek("queue", "jobs").orNull());
                kv.shift("queue", "jobs");
            });
            assertThat(done).containsExactlyInAnyOrder("first", "second");
        }
    }

    /** The same five apps without the race. */
    @ExtendWith(StorageEmulator.class)
    static class Right {

        @InterleavingTest
        void noLostUpdate(KeyValueStore kv, Actors actors) throws InterruptedException {
            both(actors, () -> kv.patch("visits", visits -> visits.with("n", n(visits) + 1)));
            assertThat(kv.get("visits")).isEqualTo(Hash.of("n", 2));
        }

        @InterleavingTest
        void addingIsCheckingAndActing(KeyValueStore kv, Actors actors) throws InterruptedException {
            AtomicInteger winners = new AtomicInteger();
            both(actors, () -> {
                if (kv.addString("leader", "is", "taken")) {
                    winners.incrementAndGet();
                }
            });
            assertThat(winners).hasValue(1);
        }

        @InterleavingTest
        void aTokenThatIsRefreshedOnce(KeyValueStore kv, Storage storage, Actors actors) throws InterruptedException {
            AtomicInteger asked = new AtomicInteger();
            both(actors, () -> {
                if (storage.secrets().get("token").isEmpty() && kv.increment("refresh", "n") == 1) {
                    storage.secrets().put("token", Hash.of("token", "token-" + asked.incrementAndGet()));
                }
            });
            assertThat(asked).hasValue(1);
        }

        @InterleavingTest
        void aCounterByIncrement(KeyValueStore kv, Actors actors) throws InterruptedException {
            both(actors, () -> kv.increment("orders", "n"));
            assertThat(kv.get("orders")).isEqualTo(Hash.of("n", 2));
        }

        @InterleavingTest
        void aQueueReadByShift(KeyValueStore kv, Actors actors) throws InterruptedException {
            kv.appendMulti("queue", Map.of("jobs", List.of("first", "second")));
            List<Object> done = new CopyOnWriteArrayList<>();
            both(actors, () -> done.add(kv.shift("queue", "jobs").value()));
            assertThat(done).containsExactlyInAnyOrder("first", "second");
        }
    }

    static void both(Actors actors, Executable body) throws InterruptedException {
        actors.actor("ann", body).actor("bob", body).run();
    }

    static long n(Hash hash) {
        Long n = hash.getLong("n");
        return n == null ? 0 : n;
    }

    /** The Node client and the example in Python run the same two, and count the same orders. */
    @ExtendWith(StorageEmulator.class)
    static class CountedOrders {

        @InterleavingTest
        void getAndPut(KeyValueStore kv, Actors actors) throws InterruptedException {
            both(actors, () -> kv.put("visits", Hash.of("n", n(kv.get("visits")) + 1)));
        }

        @InterleavingTest
        void increment(KeyValueStore kv, Actors actors) throws InterruptedException {
            both(actors, () -> kv.increment("visits", "n"));
        }
    }

    @Test
    void theNumberOfOrdersIsTheSameInEveryLanguage() {
        assertThat(EngineRun.of(CountedOrders.class).reports())
                .extracting(report -> report.get("stowage.interleavings"))
                .containsExactlyInAnyOrder(
                        "4 orders of operations run: all that can make a difference",
                        "2 orders of operations run: all that can make a difference");
    }

    @Test
    void racesAreFound() {
        EngineRun run = EngineRun.of(Broken.class);
        assertThat(run.failures())
                .hasSize(5)
                .allSatisfy(failure -> assertThat(failure)
                        .contains(
                                "There is an order of operations in which the test fails:",
                                "ann",
                                "bob",
                                "replay = \""));
    }

    @Test
    void correctCodePasses() {
        EngineRun run = EngineRun.of(Right.class);
        assertThat(run.failures()).isEmpty();
        assertThat(run.reports())
                .hasSize(5)
                .allSatisfy(report ->
                        assertThat(report.get("stowage.interleavings")).contains("all that can make a difference"));
    }

    @Test
    void aFailureShowsTheOrderInColumns() {
        String failure = EngineRun.of(Broken.class).failures().stream()
                .filter(said -> said.contains("visits"))
                .findFirst()
                .orElseThrow();
        assertThat(failure)
                .contains(String.join(
                        "\n",
                        "     ann                           bob",
                        "  1  kvStore.get visits  v0",
                        "  2                                kvStore.get visits  v0",
                        "  3  kvStore.put visits  v0 → v1",
                        "  4                                kvStore.put visits  v1 → v2"));
    }

    /** The token of {@link Broken#aLostUpdate}. */
    static String token() {
        String failure = EngineRun.of(Broken.class).failures().stream()
                .filter(said -> said.contains("visits"))
                .findFirst()
                .orElseThrow();
        Matcher matcher = Pattern.compile("replay = \"([^\"]+)\"").matcher(failure);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    @Test
    void theTokenIdentifiesTheTestAndTheOrder() {
        assertThat(token()).matches("[0-9a-f]{4}-abab|[0-9a-f]{4}-abba").isEqualTo(token());
    }

    /** Replays tokens that are written by hand. */
    @ExtendWith(StorageEmulator.class)
    static class Replayed {

        // The digits that stand for this test's name.
        static final String DIGITS = "2b40";

        @InterleavingTest(replay = DIGITS + "-baab")
        void again(KeyValueStore kv, Actors actors) throws InterruptedException {
            actors.actor("ann", () -> {
                        kv.append("order", "who", "ann");
                        kv.append("order", "who", "ann");
                    })
                    .actor("bob", () -> {
                        kv.append("order", "who", "bob");
                        kv.append("order", "who", "bob");
                    })
                    .run();
            assertThat(kv.get("order").getList("who")).containsExactly("bob", "ann", "ann", "bob");
        }

        @InterleavingTest(replay = "cb14-baabab")
        void aTestThatHasChanged(KeyValueStore kv, Actors actors) throws InterruptedException {
            actors.actor("ann", () -> kv.get("a"))
                    .actor("bob", () -> kv.get("a"))
                    .run();
        }
    }

    @Test
    void aTokenRunsOnlyThatOrder() {
        EngineRun run = EngineRun.of(Replayed.class);
        assertThat(run.names())
                .contains("the order " + Replayed.DIGITS + "-baab")
                .hasSize(2);
        assertThat(run.failures()).singleElement().asString().contains("The order cb14-baabab cannot be replayed");
    }

    /** The actors are methods; the test method asserts on the result. */
    @ExtendWith(StorageEmulator.class)
    static class Methods {

        @Actor(in = "bothCount")
        void ann(KeyValueStore kv) {
            kv.increment("n", "n");
        }

        @Actor
        void bob(KeyValueStore kv) {
            kv.increment("n", "n");
        }

        @InterleavingTest
        void bothCount(KeyValueStore kv) {
            assertThat(kv.get("n")).isEqualTo(Hash.of("n", 2));
        }

        @Actor(in = "onlyBobAndCarla")
        void carla(KeyValueStore kv) {
            kv.increment("n", "n");
        }

        @InterleavingTest
        void onlyBobAndCarla(KeyValueStore kv) {
            assertThat(kv.get("n")).isEqualTo(Hash.of("n", 3));
        }
    }

    @Test
    void actorsCanBeMethods() {
        EngineRun run = EngineRun.of(Methods.class);
        assertThat(run.failures())
                .singleElement()
                .asString()
                .contains("bob", "carla")
                .doesNotContain("ann");
        assertThat(run.passed()).isEqualTo(2);
    }

    @ExtendWith(StorageEmulator.class)
    static class Counted {

        @InterleavingTest
        void readsAndOtherRecordsCommute(Storage storage, Actors actors) throws InterruptedException {
            actors.actor("ann", () -> {
                        storage.kvStore().get("k");
                        storage.kvStore().put("mine", Hash.of("a", 1));
                        storage.settings().put("k", Hash.of("a", 1));
                    })
                    .actor("bob", () -> {
                        storage.kvStore().peek("k", "list");
                        storage.sharedKvStore().put("mine", Hash.of("a", 1));
                        storage.secrets().put("k", Hash.of("a", 1));
                    })
                    .run();
        }

        @InterleavingTest
        void threeWritersHaveSixOrders(KeyValueStore kv, Actors actors) throws InterruptedException {
            actors.actor("ann", () -> kv.append("k", "l", 1))
                    .actor("bob", () -> kv.append("k", "l", 2))
                    .actor("carla", () -> kv.append("k", "l", 3))
                    .run();
        }

        @InterleavingTest(maxOrders = 5)
        void boundedByMaxOrders(KeyValueStore kv, Actors actors) throws InterruptedException {
            both(actors, () -> {
                for (int i = 0; i < 4; i++) {
                    kv.append("k", "l", i);
                }
            });
        }

        @InterleavingTest
        void movingTimeCommutesWithNothing(KeyValueStore kv, EmulatorClock clock, Actors actors)
                throws InterruptedException {
            clock.set(Instant.EPOCH);
            kv.put("lock", Hash.of("a", 1), Duration.ofSeconds(10));
            actors.actor("ann", () -> {
                        kv.get("other");
                        clock.advance(Duration.ofSeconds(20));
                    })
                    .actor("bob", () -> kv.get("lock"))
                    .run();
        }
    }

    @Test
    void equivalentOrdersAreRunOnce() {
        EngineRun run = EngineRun.of(Counted.class);
        assertThat(run.failures()).isEmpty();
        assertThat(run.reports().stream().map(report -> report.get("stowage.interleavings")))
                .containsExactlyInAnyOrder(
                        "1 order of operations run: all that can make a difference",
                        "6 orders of operations run: all that can make a difference",
                        "2 orders of operations run: all that can make a difference",
                        "5 orders of operations run: not exhaustive, because maxOrders = 5 was reached");
    }

    @ExtendWith(StorageEmulator.class)
    static class Failing {

        @InterleavingTest(deadlineMillis = 200)
        void actorsThatWaitForEachOther(KeyValueStore kv, Actors actors) throws InterruptedException {
            ReentrantLock lock = new ReentrantLock();
            both(actors, () -> {
                lock.lock();
                try {
                    kv.increment("k", "n");
                } finally {
                    lock.unlock();
                }
            });
        }

        @InterleavingTest
        void operationsOnAForeignThread(KeyValueStore kv, Actors actors) throws Exception {
            ExecutorService pool = Executors.newSingleThreadExecutor();
            try {
                pool.submit(() -> {}).get();
                both(actors, () -> pool.submit(() -> kv.increment("k", "n")).get());
            } finally {
                pool.shutdown();
            }
        }

        @InterleavingTest
        void anActorThatThrows(KeyValueStore kv, Actors actors) throws InterruptedException {
            actors.actor("ann", () -> kv.increment("k", "n"))
                    .actor("bob", () -> {
                        if (kv.exists("k")) {
                            throw new IllegalStateException("too late");
                        }
                    })
                    .run();
        }

        static int runs;

        @InterleavingTest
        void actorsThatAreNotDeterministic(KeyValueStore kv, Actors actors) throws InterruptedException {
            int run = runs++;
            both(actors, () -> kv.increment("k" + (run < 1 ? "" : run), "n"));
        }
    }

    @Test
    void failuresNameTheirCause() {
        EngineRun run = EngineRun.of(Failing.class);
        assertThat(run.failures())
                .hasSize(4)
                .anySatisfy(failure -> assertThat(failure)
                        .contains(
                                "Actor 'bob' reached neither its next storage operation nor its end within 200 ms",
                                "ReentrantLock",
                                "which is held by 'actor ann'",
                                "ann is paused before kvStore.increment k"))
                .anySatisfy(failure -> assertThat(failure).contains("which does not belong to an actor"))
                .anySatisfy(failure -> assertThat(failure).contains("actor bob threw", "too late", "replay = "))
                .anySatisfy(failure -> assertThat(failure).contains("The actors are not deterministic"));
    }
}
