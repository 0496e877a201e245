package dev.stowage.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.emulator.Emulator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Explorations over HTTP: clients in any language are run in every order of their operations that can make a difference. */
@Timeout(60)
class ExplorationRoutesTest {

    private static final String EXPLORATIONS = "/_emulator/explorations";

    private Emulator emulator;
    private RawHttp http;

    @BeforeEach
    void start() {
        emulator = Emulator.start();
        http = new RawHttp(emulator.url());
    }

    @AfterEach
    void stop() {
        emulator.close();
    }

    /** The stores as one actor uses them. */
    private interface Client {
        JsonNode call(String operation, String body);
    }

    private interface ActorCode {
        void run(Client store);
    }

    private static final ActorCode GET_THEN_PUT = store -> {
        int before =
                store.call("get", "{\"key\":\"n\"}").path("result").path("n").asInt();
        store.call("put", "{\"key\":\"n\",\"value\":{\"n\":" + (before + 1) + "}}");
    };

    private static final ActorCode INCREMENT = store -> store.call("increment", "{\"key\":\"n\",\"field\":\"n\"}");

    private JsonNode control(String method, String path, String body) {
        RawHttp.Response response = http.send(method, EXPLORATIONS + path, Map.of(), body);
        assertThat(response.status()).as(response.body()).isIn(200, 204);
        return response.json();
    }

    private RawHttp.Response refused(String method, String path, String body, int status) {
        RawHttp.Response response = http.send(method, EXPLORATIONS + path, Map.of(), body);
        assertThat(response.status()).as(response.body()).isEqualTo(status);
        return response;
    }

    private Client client(String key, String actor) {
        return (operation, body) -> http.send(
                        "POST",
                        "/v1/kvStore/" + operation,
                        Map.of("Authorization", "Bearer " + key, "Stowage-Actor", actor),
                        body)
                .json();
    }

    private long begin(String members) {
        return control("POST", "", "{\"appId\":\"shop\",\"actors\":[\"ann\",\"bob\"]" + members + "}")
                .path("explorationId")
                .asLong();
    }

    /** Runs the current order to its end. */
    private JsonNode run(long id, JsonNode order, Map<String, ActorCode> actors) {
        String key = order.path("install").path("apiKey").asText();
        List<CompletableFuture<Void>> running = new ArrayList<>();
        actors.forEach((name, code) -> running.add(CompletableFuture.runAsync(() -> {
            code.run(client(key, name));
            control("POST", "/" + id + "/actors/" + name + "/end", "");
        })));
        JsonNode result = control("GET", "/" + id + "/result", "");
        running.forEach(CompletableFuture::join);
        return result;
    }

    /** Explores until an order fails, and returns its result; at the end, what the exploration says. */
    private JsonNode explore(long id, Map<String, ActorCode> actors, Predicate<Client> passes) {
        while (true) {
            JsonNode order = control("POST", "/" + id + "/orders", "");
            if (order.path("done").asBoolean()) {
                return order;
            }
            JsonNode result = run(id, order, actors);
            assertThat(result.path("problem").isMissingNode())
                    .as(result.toString())
                    .isTrue();
            String key = order.path("install").path("apiKey").asText();
            if (!passes.test(client(key, "the test"))) {
                return result;
            }
        }
    }

    private static boolean countedTwice(Client store) {
        return store.call("get", "{\"key\":\"n\"}").path("result").path("n").asInt() == 2;
    }

    private static Map<String, ActorCode> both(ActorCode code) {
        Map<String, ActorCode> actors = new LinkedHashMap<>();
        actors.put("ann", code);
        actors.put("bob", code);
        return actors;
    }

    @Test
    @DisplayName("a lost update is found, with its order as a table and a token that runs it again")
    void lostUpdate() {
        JsonNode failed =
                explore(begin(",\"test\":\"visits\""), both(GET_THEN_PUT), ExplorationRoutesTest::countedTwice);
        assertThat(failed.path("columns").asText())
                .startsWith("     ann ")
                .contains("kvStore.get n  v0")
                .contains("kvStore.put n  v1 → v2");
        assertThat(failed.path("progress").asText()).contains("No order after it was run");
        assertThat(failed.path("steps")).hasSize(4);
        String token = failed.path("token").asText();
        assertThat(token).matches("[0-9a-f]{4}-[ab]{4}");

        long replay = begin(",\"test\":\"visits\",\"replay\":\"" + token + "\"");
        JsonNode again = explore(replay, both(GET_THEN_PUT), ExplorationRoutesTest::countedTwice);
        assertThat(again.path("columns")).isEqualTo(failed.path("columns"));
        assertThat(refused(
                                "POST",
                                "",
                                "{\"appId\":\"shop\",\"actors\":[\"ann\",\"bob\"],\"test\":\"other\",\"replay\":\""
                                        + token + "\"}",
                                400)
                        .body())
                .contains("the token of another test");
    }

    @Test
    @DisplayName("actors that are right pass in every order, and it is said how many that were")
    void right() {
        JsonNode end = explore(begin(""), both(INCREMENT), ExplorationRoutesTest::countedTwice);
        assertThat(end.path("order").asInt()).isEqualTo(2);
        assertThat(end.path("exhaustive").asBoolean()).isTrue();
        assertThat(end.path("summary").asText())
                .isEqualTo("2 orders of operations run: all that can make a difference");
    }

    @Test
    @DisplayName("maxOrders ends the exploration, which is then not exhaustive")
    void maxOrders() {
        JsonNode end = explore(begin(",\"maxOrders\":1"), both(INCREMENT), ExplorationRoutesTest::countedTwice);
        assertThat(end.path("order").asInt()).isEqualTo(1);
        assertThat(end.path("exhaustive").asBoolean()).isFalse();
        assertThat(end.path("summary").asText()).contains("maxOrders = 1");
    }

    @Test
    @DisplayName("an actor that never comes is named within its deadline, and the other's operation is refused")
    void neverComes() {
        long id = begin(",\"deadlineMs\":1000");
        JsonNode order = control("POST", "/" + id + "/orders", "");
        String key = order.path("install").path("apiKey").asText();
        CompletableFuture<JsonNode> ann = CompletableFuture.supplyAsync(
                () -> client(key, "ann").call("put", "{\"key\":\"n\",\"value\":{\"n\":1}}"));
        JsonNode result = control("GET", "/" + id + "/result", "");
        assertThat(result.path("problem").path("kind").asText()).isEqualTo("deadlock");
        assertThat(result.path("problem").path("message").asText())
                .contains("'bob' reached neither its next storage operation nor its end within 1000 ms")
                .contains("ann is paused before kvStore.put n");
        assertThat(ann.join().path("code").asText()).isEqualTo("unavailable");
        assertThat(client(key, "the test")
                        .call("exists", "{\"key\":\"n\"}")
                        .path("result")
                        .asBoolean())
                .isFalse();
        assertThat(refused("POST", "/" + id + "/orders", "", 400).body()).contains("has failed");
    }

    @Test
    @DisplayName("an actor that does something else in another run is told, with both operations")
    void divergence() {
        long id = begin("");
        int[] runs = {0};
        ActorCode changing = store -> store.call("increment", "{\"key\":\"n" + runs[0]++ + "\",\"field\":\"n\"}");
        Map<String, ActorCode> actors = new LinkedHashMap<>();
        actors.put("ann", INCREMENT);
        actors.put("bob", store -> {
            changing.run(store);
            INCREMENT.run(store);
        });
        run(id, control("POST", "/" + id + "/orders", ""), actors);
        JsonNode second = run(id, control("POST", "/" + id + "/orders", ""), actors);
        assertThat(second.path("problem").path("kind").asText()).isEqualTo("divergence");
        assertThat(second.path("problem").path("message").asText()).contains("not deterministic");
    }

    @Test
    @DisplayName("an operation of a client that is no actor ends the order; before the actors begin it passes")
    void foreignClient() {
        long id = begin("");
        JsonNode order = control("POST", "/" + id + "/orders", "");
        String key = order.path("install").path("apiKey").asText();
        Client other = client(key, "cron");
        assertThat(other.call("put", "{\"key\":\"n\",\"value\":{\"n\":5}}")
                        .path("code")
                        .isMissingNode())
                .isTrue();
        CompletableFuture<JsonNode> ann =
                CompletableFuture.supplyAsync(() -> client(key, "ann").call("get", "{\"key\":\"n\"}"));
        while (!control("GET", "/" + id, "").path("states").toString().contains("ann is paused")) {
            Thread.onSpinWait();
        }
        assertThat(other.call("get", "{\"key\":\"n\"}").path("detail").asText())
                .contains("was called by 'cron', which is no actor");
        assertThat(control("GET", "/" + id + "/result", "")
                        .path("problem")
                        .path("message")
                        .asText())
                .contains("'cron'");
        assertThat(ann.join().path("code").asText()).isEqualTo("unavailable");
    }

    @Test
    @DisplayName("an order that is not over, a closed exploration and a reset app are told by name")
    void misuse() {
        long id = begin("");
        assertThat(refused("GET", "/" + id + "/result", "", 400).body()).contains("No order has begun");
        JsonNode order = control("POST", "/" + id + "/orders", "");
        assertThat(refused("POST", "/" + id + "/orders", "", 400).body()).contains("not over: ann has not started");
        assertThat(refused("POST", "/" + id + "/actors/carl/end", "", 404).body())
                .contains("ann, bob");
        String key = order.path("install").path("apiKey").asText();
        CompletableFuture<JsonNode> ann =
                CompletableFuture.supplyAsync(() -> client(key, "ann").call("get", "{\"key\":\"n\"}"));
        while (!control("GET", "/" + id, "").path("states").toString().contains("ann is paused")) {
            Thread.onSpinWait();
        }
        control("DELETE", "/" + id, "");
        assertThat(ann.join().path("code").asText()).isEqualTo("unavailable");
        refused("GET", "/" + id, "", 404);

        long reset = begin("");
        http.send("POST", "/_emulator/reset?appId=shop", Map.of(), "");
        refused("GET", "/" + reset, "", 404);
        refused("POST", "", "{\"appId\":\"shop\",\"actors\":[\"ann\",\"ann\"]}", 400);
        refused("POST", "", "{\"appId\":\"shop\",\"actors\":[\"ann\"]}", 400);
        refused("POST", "", "{\"appId\":\"shop\",\"actors\":[\"ann\",\"b\u00f6b\"]}", 400);
    }

    @Test
    @DisplayName(
            "four actors of five operations on records of their own and one that they share are explored in the least orders")
    void fourActors() {
        long id = control("POST", "", "{\"appId\":\"shop\",\"actors\":[\"a\",\"b\",\"c\",\"d\"],\"maxOrders\":10000}")
                .path("explorationId")
                .asLong();
        Map<String, ActorCode> actors = new LinkedHashMap<>();
        for (String name : List.of("a", "b", "c", "d")) {
            actors.put(name, store -> {
                for (int i = 0; i < 4; i++) {
                    store.call("increment", "{\"key\":\"" + name + "\",\"field\":\"n\"}");
                }
                store.call("increment", "{\"key\":\"shared\",\"field\":\"n\"}");
            });
        }
        JsonNode end = explore(id, actors, store -> true);
        assertThat(end.path("order").asInt()).isEqualTo(24);
    }

    @Test
    void theEndOfTheLastActorRespondsWithTheOrder() {
        long id = begin("");
        control("POST", "/" + id + "/orders", "");
        assertThat(http.send("POST", EXPLORATIONS + "/" + id + "/actors/ann/end", Map.of(), "")
                        .status())
                .isEqualTo(204);
        JsonNode last = control("POST", "/" + id + "/actors/bob/end", "");
        assertThat(last.path("order").asLong()).isEqualTo(1);
        assertThat(last).isEqualTo(control("GET", "/" + id + "/result", ""));
        // Whoever ends after that receives it, too.
        assertThat(control("POST", "/" + id + "/actors/ann/end", "")).isEqualTo(last);
    }
}
