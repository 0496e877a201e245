package dev.stowage.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.emulator.Emulator;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sweeps over HTTP: a test in any language is run with each fault at each of its operations. */
@Timeout(60)
class SweepRoutesTest {

    private static final String SWEEPS = "/_emulator/sweeps";

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

    private JsonNode control(String method, String path, String body) {
        RawHttp.Response response = http.send(method, SWEEPS + path, Map.of(), body);
        assertThat(response.status()).as(response.body()).isIn(200, 204);
        return response.json();
    }

    private String refused(String method, String path, String body, int status) {
        RawHttp.Response response = http.send(method, SWEEPS + path, Map.of(), body);
        assertThat(response.status()).as(response.body()).isEqualTo(status);
        return response.json().path("detail").asText();
    }

    private RawHttp.Response call(JsonNode run, String operation, String body) {
        String key = run.path("install").path("apiKey").asText();
        return http.send("POST", "/v1/kvStore/" + operation, Map.of("Authorization", "Bearer " + key), body);
    }

    private long begin(String members) {
        return control("POST", "", "{\"appId\":\"shop\"" + members + "}")
                .path("sweepId")
                .asLong();
    }

    private JsonNode next(long id) {
        return control("POST", "/" + id + "/runs", "");
    }

    /** A put without a version, and a conditional one. */
    private void operations(JsonNode run) {
        JsonNode answer =
                call(run, "put", "{\"key\":\"a\",\"value\":{\"n\":1}}").json();
        long version = answer.path("version").asLong(1);
        call(run, "put", "{\"key\":\"a\",\"value\":{\"n\":2},\"ifVersion\":" + version + "}");
    }

    @Test
    @DisplayName("a test is run twice without a fault, and then with every fault that is possible at each operation")
    void plan() {
        long id = begin("");
        List<String> runs = new ArrayList<>();
        JsonNode run = next(id);
        for (; !run.path("done").asBoolean(); run = next(id)) {
            operationsWithLoss(run);
            JsonNode result = control("GET", "/" + id + "/result", "");
            assertThat(result.path("problem").isMissingNode())
                    .as(result.toString())
                    .isTrue();
            runs.add(run.path("run").asText());
        }
        assertThat(runs.subList(0, 2)).containsOnly("without a fault");
        assertThat(runs)
                .contains(
                        "race at 1 of 2: kvStore.put a",
                        "conflict at 2 of 2: kvStore.put a",
                        "reinstall at 2 of 2: kvStore.put a",
                        "lostResponse at 1 of 2: kvStore.put a")
                .doesNotContain("conflict at 1 of 2: kvStore.put a");
        assertThat(run.path("operations").toString()).isEqualTo("[\"kvStore.put a\",\"kvStore.put a\"]");
    }

    @Test
    @DisplayName("a run with a fault says what the fault did, which errors it causes, and how to run only this")
    void result() {
        long id = begin(",\"only\":\"lostResponse at 2\"");
        operations(next(id));
        operations(next(id));
        JsonNode run = next(id);
        assertThat(run.path("fault").asText()).isEqualTo("lostResponse");
        operationsWithLoss(run);
        JsonNode result = control("GET", "/" + id + "/result", "");
        assertThat(result.path("run").asText()).isEqualTo("lostResponse at 2 of 2: kvStore.put a");
        assertThat(result.path("only").asText()).isEqualTo("lostResponse at 2");
        assertThat(result.path("errorCodes").toString()).isEqualTo("[\"unavailable\"]");
        assertThat(result.path("explanation").asText()).startsWith("the operation WAS done");
        assertThat(result.path("operations").asText())
                .contains(" 2  kvStore.put a  v1 → v2  <- lostResponse: done, but the app received 'unavailable'");
        assertThat(next(id).path("done").asBoolean()).isTrue();
    }

    private void operationsWithLoss(JsonNode run) {
        try {
            operations(run);
        } catch (UncheckedIOException | AssertionError noAnswer) {
            assertThat(run.path("fault").asText()).isIn("lostRequest", "lostResponse", "malformedResponse");
        }
    }

    @Test
    @DisplayName("two runs without a fault that differ end the sweep, and so does a run whose operations differ")
    void notDeterministic() {
        long id = begin("");
        call(next(id), "get", "{\"key\":\"a\"}");
        call(next(id), "get", "{\"key\":\"b\"}");
        assertThat(refused("POST", "/" + id + "/runs", "", 400))
                .contains("operation 1 was kvStore.get a in the first run, but kvStore.get b in the second");

        long other = begin("");
        call(next(other), "get", "{\"key\":\"a\"}");
        call(next(other), "get", "{\"key\":\"a\"}");
        call(next(other), "get", "{\"key\":\"c\"}");
        assertThat(control("GET", "/" + other + "/result", "").path("problem").asText())
                .contains("was kvStore.get a in the run without a fault, but in this run it was kvStore.get c");
        assertThat(refused("POST", "/" + other + "/runs", "", 400)).contains("is not valid");
    }

    @Test
    @DisplayName("unknown faults and runs are refused, and a test without operations, too")
    void misuse() {
        assertThat(refused("POST", "", "{\"appId\":\"shop\",\"faults\":[\"fire\"]}", 400))
                .contains("Kinds: conflict, race");
        refused("POST", "", "{\"appId\":\"shop\",\"faults\":[]}", 400);
        assertThat(refused("POST", "", "{\"appId\":\"shop\",\"only\":\"first\"}", 400))
                .contains("lostResponse at 3");
        long id = begin("");
        next(id);
        assertThat(refused("POST", "/" + id + "/runs", "", 400)).contains("made no storage operation");
        long only = begin(",\"only\":\"conflict at 1\"");
        operations(next(only));
        operations(next(only));
        assertThat(refused("POST", "/" + only + "/runs", "", 400)).contains("has no run \"conflict at 1\"");
        control("DELETE", "/" + only, "");
        refused("POST", "/" + only + "/runs", "", 404);
        long reset = begin("");
        http.send("POST", "/_emulator/reset", Map.of(), "");
        refused("POST", "/" + reset + "/runs", "", 404);
    }
}
