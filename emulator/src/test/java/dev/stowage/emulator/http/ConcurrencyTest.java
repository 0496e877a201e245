package dev.stowage.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.emulator.Install;
import dev.stowage.storage.Element;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.Storage;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.http.HttpStorage;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** 200 threads over real connections. No write is lost, and no element is delivered twice. */
@Timeout(120)
class ConcurrencyTest extends HttpTest {

    private static final int THREADS = 200;

    private Storage storage;
    private KeyValueStore kv;

    @BeforeEach
    void connect() {
        storage = HttpStorage.connect(emulator.url(), install.apiKey());
        kv = storage.kvStore();
    }

    static void together(int threads, IntConsumer work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        CountDownLatch go = new CountDownLatch(1);
        try {
            List<? extends Future<?>> all = IntStream.range(0, threads)
                    .mapToObj(i -> pool.submit(() -> {
                        go.await();
                        work.accept(i);
                        return i;
                    }))
                    .toList();
            go.countDown();
            for (Future<?> one : all) {
                one.get(100, TimeUnit.SECONDS);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    @DisplayName("INC-5: 200 threads of increments add up, and each returns another number")
    void increments() throws Exception {
        Set<Double> results = ConcurrentHashMap.newKeySet();
        together(THREADS, i -> {
            for (int n = 0; n < 10; n++) {
                results.add(kv.increment("k", "n"));
            }
        });
        assertThat(kv.get("k")).isEqualTo(Hash.of("n", THREADS * 10));
        assertThat(results).hasSize(THREADS * 10);
    }

    @Test
    @DisplayName("LIST-8: of concurrent appends none is lost, of concurrent shifts no two get the same")
    void queue() throws Exception {
        together(THREADS, i -> kv.append("q", "l", i));
        assertThat(kv.get("q").getList("l")).hasSize(THREADS).doesNotHaveDuplicates();
        Queue<Object> taken = new ConcurrentLinkedQueue<>();
        AtomicInteger nothing = new AtomicInteger();
        together(THREADS + 20, i -> {
            Element element = kv.shift("q", "l");
            if (element.isPresent()) {
                taken.add(element.value());
            } else {
                nothing.incrementAndGet();
            }
        });
        assertThat(taken).hasSize(THREADS).doesNotHaveDuplicates();
        assertThat(nothing).hasValue(20);
    }

    @Test
    @DisplayName("SET-7: of concurrent adds of one value exactly one returns true")
    void adds() throws Exception {
        AtomicInteger isNew = new AtomicInteger();
        together(THREADS, i -> isNew.addAndGet(kv.addString("s", "set", "value" + i % 10) ? 1 : 0));
        assertThat(isNew).hasValue(10);
        assertThat(kv.get("s").getStringSet("set")).hasSize(10);
    }

    @Test
    @DisplayName("LIN-2: of concurrent conditional puts on one version exactly one wins")
    void conditionalPuts() throws Exception {
        long version = kv.putIfVersion("k", Hash.of("winner", -1), 0);
        AtomicInteger won = new AtomicInteger();
        together(THREADS, i -> {
            try {
                kv.putIfVersion("k", Hash.of("winner", i), version);
                won.incrementAndGet();
            } catch (StorageException refusal) {
                assertThat(refusal.code()).isEqualTo(ErrorCode.VERSION_CONFLICT);
            }
        });
        assertThat(won).hasValue(1);
    }

    @Test
    @DisplayName("PATCH-3: 50 updaters at once on a new key all succeed and all count, in every store")
    void updatersOnANewKey() throws Exception {
        for (var store : List.of(kv, storage.sharedKvStore(), storage.secrets(), storage.settings())) {
            together(
                    50,
                    i -> store.patch("new", current -> {
                        Long n = current.getLong("n");
                        return Hash.of("n", n == null ? 1 : n + 1);
                    }));
            assertThat(store.get("new")).isEqualTo(Hash.of("n", 50));
        }
    }

    @Test
    @DisplayName("PATCH-1: concurrent patches of different fields of a new record lose none")
    void patches() throws Exception {
        together(THREADS, i -> kv.patch("fields", Hash.of("f" + i, i)));
        assertThat(kv.get("fields").size()).isEqualTo(THREADS);
    }

    @Test
    @DisplayName("INST-2, LIN-1: all operations on sharedKvStore from several installs at once")
    void sharedFromSeveral() throws Exception {
        List<KeyValueStore> stores = IntStream.range(0, 5)
                .mapToObj(i -> emulator.app(install.appId()).install())
                .map(Install::apiKey)
                .map(key -> HttpStorage.connect(emulator.url(), key).sharedKvStore())
                .toList();
        Set<Double> results = ConcurrentHashMap.newKeySet();
        AtomicInteger isNew = new AtomicInteger();
        together(THREADS, i -> {
            KeyValueStore store = stores.get(i % stores.size());
            results.add(store.increment("k", "n"));
            store.append("k", "l", i);
            isNew.addAndGet(store.addNumber("k", "s", i / 2) ? 1 : 0);
            store.patch("k", current -> current.with("u", current.has("u") ? current.getLong("u") + 1 : 1));
        });
        Hash end = stores.get(0).get("k");
        assertThat(results).hasSize(THREADS);
        assertThat(end.getLong("n")).isEqualTo(THREADS);
        assertThat(end.getLong("u")).isEqualTo(THREADS);
        assertThat(end.getList("l")).hasSize(THREADS).doesNotHaveDuplicates();
        assertThat(isNew).hasValue(THREADS / 2);
    }

    @Test
    @DisplayName("INST-5: while an install is reinstalled, each operation returns the record's value or is refused")
    void reinstallUnderLoad() throws Exception {
        Install[] current = {install};
        HttpClient client = HttpClient.newHttpClient();
        AtomicInteger acknowledged = new AtomicInteger();
        AtomicInteger running = new AtomicInteger(8);
        together(9, i -> {
            if (i == 8) {
                while (running.get() > 0) {
                    current[0] = current[0].reinstall();
                }
                return;
            }
            try {
                for (int n = 0; n < 200; n++) {
                    try {
                        HttpStorage.builder(emulator.url(), current[0].apiKey())
                                .httpClient(client)
                                .build()
                                .sharedKvStore()
                                .increment("k", "n");
                        acknowledged.incrementAndGet();
                    } catch (StorageException refusal) {
                        assertThat(refusal.code()).isEqualTo(ErrorCode.INSTALL_REVOKED);
                    }
                }
            } finally {
                running.decrementAndGet();
            }
        });
        long counted = current[0].storage().sharedKvStore().get("k").getLong("n");
        assertThat(counted).isEqualTo(acknowledged.get());
        assertThat(current[0].storage().kvStore().exists("k")).isFalse();
    }
}
