package dev.stowage.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.emulator.App;
import dev.stowage.emulator.Emulator;
import dev.stowage.storage.Hash;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.http.HttpStorage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Holds over HTTP: a client in any language decides the order of concurrent operations. */
@Timeout(60)
class HoldRoutesTest {

    private static final String HOLDS = "/_emulator/holds";

    private Emulator emulator;
    private RawHttp http;
    private App app;
    private KeyValueStore store;

    @BeforeEach
    void start() {
        emulator = Emulator.start();
        http = new RawHttp(emulator.url());
        app = emulator.app("shop");
        store = HttpStorage.connect(emulator.url(), app.install().apiKey()).kvStore();
    }

    @AfterEach
    void stop() {
        emulator.close();
    }

    private JsonNode send(String method, String path, String body) {
        RawHttp.Response response = http.send(method, HOLDS + path, Map.of(), body);
        assertThat(response.status()).as(response.body()).isEqualTo(200);
        return response.json();
    }

    private int refusal(String method, String path, String body) {
        RawHttp.Response response = http.send(method, HOLDS + path, Map.of(), body);
        assertThat(response.json().path("detail").asText()).isNotBlank();
        return response.status();
    }

    /** The hold, when so many operations wait. */
    private JsonNode awaitWaiting(long holdId, int count) {
        while (true) {
            JsonNode hold = send("GET", "/" + holdId, "");
            if (hold.path("waiting").size() == count) {
                return hold;
            }
        }
    }

    private static List<String> keys(JsonNode hold) {
        List<String> keys = new ArrayList<>();
        hold.path("waiting").forEach(held -> keys.add(held.path("key").asText()));
        return keys;
    }

    @Test
    @DisplayName("operations wait in the order of arrival, and take effect in the order of their release")
    void order() {
        long holdId = send("POST", "?appId=shop", "{\"match\":{\"operation\":\"put\"}}")
                .path("holdId")
                .asLong();
        CompletableFuture<Void> one = CompletableFuture.runAsync(() -> store.put("k", Hash.of("by", "one")));
        awaitWaiting(holdId, 1);
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> store.put("k", Hash.of("by", "other")));
        JsonNode waiting = awaitWaiting(holdId, 2).path("waiting");
        assertThat(waiting.path(0).path("operationId").asLong()).isEqualTo(1);
        assertThat(waiting.path(1).path("operationId").asLong()).isEqualTo(2);
        assertThat(waiting.path(0).path("appId").asText()).isEqualTo("shop");
        assertThat(waiting.path(0).path("client").asText()).startsWith("127.0.0.1:");
        assertThat(store.get("k").isEmpty()).isTrue();

        JsonNode left = send("POST", "/" + holdId + "/release", "{\"operationId\":2}");
        assertThat(left.path("waiting")).hasSize(1);
        assertThat(store.get("k").getString("by")).isEqualTo("other");
        send("POST", "/" + holdId + "/release", "{\"operationId\":1}");
        assertThat(store.get("k").getString("by")).isEqualTo("one");
        CompletableFuture.allOf(one, other).join();
    }

    @Test
    @DisplayName("closing a hold, all holds of an app, or a reset releases what waits")
    void closing() {
        for (String close : List.of("/%d", "?appId=shop", "")) {
            long holdId = send("POST", "?appId=shop", "{}").path("holdId").asLong();
            CompletableFuture<Void> put = CompletableFuture.runAsync(() -> store.put("k", Hash.of("n", 1)));
            assertThat(keys(awaitWaiting(holdId, 1))).containsExactly("k");
            assertThat(http.send("DELETE", HOLDS + close.replace("%d", Long.toString(holdId)), Map.of(), "")
                            .status())
                    .isEqualTo(204);
            put.join();
            assertThat(refusal("GET", "/" + holdId, "")).isEqualTo(404);
        }
        assertThat(send("GET", "", "").path("holds")).isEmpty();
    }

    @Test
    @DisplayName("a hold of one app is not seen, released or closed in the scope of another")
    void scope() {
        long holdId = send("POST", "?appId=shop", "{}").path("holdId").asLong();
        assertThat(send("GET", "?appId=other", "").path("holds")).isEmpty();
        assertThat(send("GET", "?appId=shop", "").path("holds")).hasSize(1);
        assertThat(refusal("GET", "/" + holdId + "?appId=other", "")).isEqualTo(404);
        assertThat(refusal("POST", "/" + holdId + "/release?appId=other", "{\"operationId\":1}"))
                .isEqualTo(404);
        assertThat(http.send("DELETE", HOLDS + "?appId=other", Map.of(), "").status())
                .isEqualTo(204);
        assertThat(send("GET", "/" + holdId, "").path("match").path("appId").asText())
                .isEqualTo("shop");
    }

    @Test
    @DisplayName("what is not understood, or does not wait, is refused, and nothing is released")
    void refusals() {
        assertThat(refusal("POST", "", "{\"deadlineMs\":0}")).isEqualTo(400);
        assertThat(refusal("POST", "", "{\"deadlineMs\":600001}")).isEqualTo(400);
        assertThat(refusal("POST", "", "{\"match\":{\"store\":\"nope\"}}")).isEqualTo(400);
        assertThat(send("GET", "", "").path("holds")).isEmpty();
        long holdId = send("POST", "", "{\"match\":{\"key\":\"k\"},\"deadlineMs\":600000}")
                .path("holdId")
                .asLong();
        assertThat(refusal("POST", "/" + holdId + "/release", "{}")).isEqualTo(400);
        assertThat(refusal("POST", "/" + holdId + "/release", "{\"operationId\":1}"))
                .isEqualTo(404);
        assertThat(refusal("GET", "/99", "")).isEqualTo(404);
        assertThat(refusal("DELETE", "/x", "")).isEqualTo(400);
    }

    @Test
    @DisplayName("an operation that is not released before the deadline is refused, and was not carried out")
    void deadline() {
        send("POST", "", "{\"match\":{\"operation\":\"put\"},\"deadlineMs\":50}");
        RawHttp.Response late = http.send(
                "POST",
                "/v1/kvStore/put",
                Map.of("Authorization", "Bearer " + app.installs().get(0).apiKey()),
                "{\"key\":\"k\",\"value\":{\"n\":1}}");
        assertThat(late.status()).isEqualTo(503);
        assertThat(late.body()).contains("not released");
        assertThat(store.get("k").isEmpty()).isTrue();
    }

    @Test
    @DisplayName("a client that names its actor is shown with that name, at a hold and in the journal")
    void actor() {
        String authorization = "Bearer " + app.installs().get(0).apiKey();
        long holdId = send("POST", "?appId=shop", "{}").path("holdId").asLong();
        CompletableFuture<RawHttp.Response> get = CompletableFuture.supplyAsync(() -> http.send(
                "POST",
                "/v1/kvStore/get",
                Map.of("Authorization", authorization, "Stowage-Actor", "ann"),
                "{\"key\":\"k\"}"));
        assertThat(awaitWaiting(holdId, 1).at("/waiting/0/client").asText()).isEqualTo("ann");
        assertThat(http.send("DELETE", HOLDS + "/" + holdId, Map.of(), "").status())
                .isEqualTo(204);
        assertThat(get.join().status()).isEqualTo(200);
        assertThat(app.journal().entries())
                .extracting(entry -> entry.call().client())
                .containsExactly("ann");
        for (String name : List.of("a".repeat(101), "\u00e4")) {
            RawHttp.Response refused = http.send(
                    "POST",
                    "/v1/kvStore/get",
                    Map.of("Authorization", authorization, "Stowage-Actor", name),
                    "{\"key\":\"k\"}");
            assertThat(refused.status()).as(name).isEqualTo(400);
        }
    }
}
