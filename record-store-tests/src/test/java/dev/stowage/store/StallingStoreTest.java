package dev.stowage.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.emulator.App;
import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.EmulatorConfig;
import dev.stowage.emulator.call.Call;
import dev.stowage.emulator.watch.Watcher;
import dev.stowage.storage.operation.Reply;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Operations that wait for a store which other processes use take no thread of the server, and block none that reads. */
@Timeout(60)
class StallingStoreTest {

    /** More than the server has threads. */
    private static final int OPERATIONS = 400;

    private static final int REQUESTS_OF_WATCHER = 20;

    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void answer() {
        StallingStore.answers.complete(null);
    }

    private static HttpRequest post(Emulator emulator, String key, String path, String body) {
        return HttpRequest.newBuilder(emulator.url().resolve(path))
                .header("Authorization", "Bearer " + key)
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private CompletableFuture<HttpResponse<String>> put(Emulator emulator, String recordKey) {
        return client.sendAsync(
                post(
                        emulator,
                        emulator.install().apiKey(),
                        "/v1/kvStore/put",
                        "{\"key\":\"" + recordKey + "\",\"value\":{\"a\":1}}"),
                BodyHandlers.ofString());
    }

    @Test
    @DisplayName(
            "more operations than there are threads wait for the store, and others are served meanwhile; then all are done")
    void manyWait() throws Exception {
        EmulatorConfig config = EmulatorConfig.builder()
                .store(SharedMemoryProvider.url("stalling", 1))
                .build();
        try (Emulator emulator = Emulator.start(config)) {
            assertThat(put(emulator, "first").get().statusCode()).isEqualTo(200);

            StallingStore.answers = new CompletableFuture<>();
            List<CompletableFuture<HttpResponse<String>>> waiting = IntStream.range(0, OPERATIONS)
                    .mapToObj(i -> put(emulator, "k" + i))
                    .toList();
            HttpRequest health = HttpRequest.newBuilder(emulator.url().resolve("/_emulator/health"))
                    .build();
            for (int i = 0; i < 20; i++) {
                assertThat(client.send(health, BodyHandlers.ofString()).statusCode())
                        .isEqualTo(200);
            }
            HttpRequest malformed = post(emulator, emulator.install().apiKey(), "/v1/kvStore/put", "{");
            assertThat(client.send(malformed, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(400);
            assertThat(waiting).noneMatch(CompletableFuture::isDone);
            long threads = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith("stowage-http"))
                    .count();
            assertThat(threads).isLessThan(50);

            StallingStore.answers.complete(null);
            for (CompletableFuture<HttpResponse<String>> operation : waiting) {
                assertThat(operation.get().statusCode()).isEqualTo(200);
            }
            assertThat(emulator.install().storage().kvStore().get("k" + (OPERATIONS - 1)))
                    .isNotNull();
        }
    }

    @Test
    @DisplayName("a watcher may call the emulator over HTTP, as with a store that is one process's own")
    void watcherCallsTheEmulator() throws Exception {
        EmulatorConfig config = EmulatorConfig.builder()
                .store(SharedMemoryProvider.url("right", 99))
                .build();
        try (Emulator emulator = Emulator.start(config)) {
            App watched = emulator.app("watched");
            String key = watched.install().apiKey();
            HttpRequest ofWatcher = HttpRequest.newBuilder(emulator.url().resolve("/v1/kvStore/increment"))
                    .timeout(Duration.ofSeconds(10))
                    .header("Authorization", "Bearer " + emulator.install().apiKey())
                    .POST(BodyPublishers.ofString("{\"key\":\"seen\",\"field\":\"n\"}"))
                    .build();
            List<Integer> statuses = new CopyOnWriteArrayList<>();
            watched.watch(new Watcher() {
                @Override
                public void done(Call call, Supplier<Optional<Reply>> reply) {
                    // More than the server has threads that read, so that one of them has this operation's connection
                    // too.
                    IntStream.range(0, REQUESTS_OF_WATCHER)
                            .mapToObj(i -> client.sendAsync(ofWatcher, BodyHandlers.ofString()))
                            .toList()
                            .forEach(response -> statuses.add(response.join().statusCode()));
                }
            });
            for (int i = 0; i < 3; i++) {
                HttpRequest put = post(emulator, key, "/v1/kvStore/put", "{\"key\":\"k\",\"value\":{\"a\":1}}");
                assertThat(client.send(put, BodyHandlers.ofString()).statusCode())
                        .isEqualTo(200);
            }
            assertThat(statuses).hasSize(3 * REQUESTS_OF_WATCHER).containsOnly(200);
        }
    }
}
