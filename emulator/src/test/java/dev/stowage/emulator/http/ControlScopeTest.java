package dev.stowage.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.emulator.App;
import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.Install;
import dev.stowage.emulator.call.CallMatch;
import dev.stowage.emulator.fault.Fault;
import dev.stowage.emulator.gate.Hold;
import dev.stowage.emulator.http.exchange.EmulatorServices;
import dev.stowage.emulator.http.exchange.Route;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.StorageException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A request to the control plane that is not understood completely does nothing. In particular, it does not do to everything what it
 * was meant to do to one app. Every route of the control plane is called with every part of the request damaged in every way below.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ControlScopeTest {

    private static final String PREFIX = "/_emulator";
    private static final String APP = "shop";

    /** Queries that no route understands. */
    private static final List<String> QUERIES = List.of(
            "?appId=50%off",
            "?appId=%",
            "?appId=%4",
            "?appId=%zz",
            "?appId=%+1",
            "?appId=%FF",
            "?appId=%C0%AF",
            "?appId=%ED%A0%80",
            "?appId=shop&appId=shop",
            "?appId=shop&appId=other",
            "?appId=shop&%61ppId=shop",
            "?appId=",
            "?appId",
            "?=shop",
            "?",
            "?&",
            "?appId=shop&",
            "?&appId=shop",
            "?appID=shop",
            "?appid=shop",
            "?appId%5B%5D=shop",
            "?app=shop",
            "?appId =shop",
            "?appId%00=shop",
            "?appId=sh\u00f6p",
            "?appId=shop&all=true",
            "#appId=shop",
            "#?appId=shop",
            "?secrets=",
            "?after=",
            "?installId=",
            "?%appId=shop");

    /** Bodies that no route understands. */
    private static final List<String> BODIES = List.of(
            "{",
            "}",
            "[]",
            "null",
            "true",
            "5",
            "\"shop\"",
            " ",
            "appId=shop",
            "{\"appID\":\"shop\"}",
            "{\"x\":1,\"x\":1}",
            "{\"appId\":\"shop\",\"appId\":\"shop\"}",
            "{\"seconds\":1,\"seconds\":1}",
            "{\"stores\":{},\"stores\":{}}",
            "{} {}",
            "{}x",
            "{\"appId\":\"sh\u0000op\"}",
            "[".repeat(5_000),
            "{\"a\":".repeat(5_000),
            "\u0000",
            "NaN");

    /** Headers that make a body unreadable, or that do not say how to read it. */
    private static final List<Map<String, String>> HEADERS = Stream.of(
                    "application/json; charset=nope",
                    "application/json; charset=utf-16",
                    "application/json; charset=iso-8859-1",
                    "application/json; charset=",
                    "application/json; charset=\"utf-8",
                    "text/plain; charset=utf-8; charset=utf-16",
                    "application/json\r\nContent-Type: text/plain",
                    "application/json; charset=utf-8, text/plain; charset=utf-16")
            .map(type -> Map.of("Content-Type", type))
            .collect(Collectors.toCollection(ArrayList::new));

    static {
        for (String encoding : List.of("gzip", "br", "nope", "identity, gzip")) {
            HEADERS.add(Map.of("Content-Encoding", encoding));
        }
    }

    /** For each route, a request that would be executed: the path and the query, and the body. */
    private static final Map<String, List<String>> REQUESTS = new TreeMap<>();

    private static void request(String route, String target, String body) {
        REQUESTS.put(route, List.of(target, body));
    }

    static {
        request("GET /health", "/health", "");
        request("POST /apps", "/apps", "{\"appId\":\"new\"}");
        request("POST /installs", "/installs", "{\"appId\":\"shop\"}");
        request("GET /installs", "/installs", "");
        request("GET /installs/{installId}", "/installs/1", "");
        request("DELETE /installs/{installId}", "/installs/1", "");
        request("POST /installs/{installId}/reinstall", "/installs/1/reinstall", "");
        request("POST /installs/{installId}/upgrade", "/installs/1/upgrade", "");
        request("POST /installs/{installId}/fail", "/installs/1/fail", "");
        request("GET /installs/{installId}/export", "/installs/1/export?secrets=mask", "");
        request(
                "POST /installs/{installId}/import",
                "/installs/1/import",
                "{\"format\":\"stowage/1\",\"stores\":{\"kvStore\":{}}}");
        request("GET /apps/{appId}/export", "/apps/shop/export?secrets=mask", "");
        request(
                "POST /apps/{appId}/import",
                "/apps/shop/import",
                "{\"format\":\"stowage-app/1\",\"installs\":[],\"stores\":{\"sharedKvStore\":{}}}");
        request("GET /clock", "/clock?appId=shop", "");
        request("PUT /clock", "/clock?appId=shop", "{\"now\":\"2027-01-31T12:00:00Z\"}");
        request("POST /clock/advance", "/clock/advance?appId=shop", "{\"seconds\":3600}");
        request("POST /faults", "/faults?appId=shop", "{\"fault\":{\"kind\":\"unavailable\"}}");
        request("GET /faults", "/faults?appId=shop", "");
        request("DELETE /faults", "/faults?appId=shop", "");
        request(
                "POST /faults/chaos",
                "/faults/chaos?appId=shop",
                "{\"rate\":0.5,\"faults\":[{\"kind\":\"throttled\"}]}");
        request("DELETE /faults/{faultId}", "/faults/1?appId=shop", "");
        request("POST /holds", "/holds?appId=shop", "{\"match\":{\"operation\":\"put\"}}");
        request("GET /holds", "/holds?appId=shop", "");
        request("DELETE /holds", "/holds?appId=shop", "");
        request("GET /holds/{holdId}", "/holds/1?appId=shop", "");
        request("DELETE /holds/{holdId}", "/holds/1?appId=shop", "");
        request("POST /holds/{holdId}/release", "/holds/1/release?appId=shop", "{\"operationId\":1}");
        request(
                "POST /explorations",
                "/explorations",
                "{\"appId\":\"shop\",\"actors\":[\"ann\",\"bob\"],\"maxOrders\":5}");
        request("GET /explorations/{explorationId}", "/explorations/1", "");
        request("DELETE /explorations/{explorationId}", "/explorations/1", "");
        request("POST /explorations/{explorationId}/orders", "/explorations/1/orders", "");
        request("GET /explorations/{explorationId}/result", "/explorations/1/result", "");
        request("POST /explorations/{explorationId}/actors/{actor}/end", "/explorations/1/actors/ann/end", "");
        request("POST /sweeps", "/sweeps", "{\"appId\":\"shop\",\"maxRuns\":5}");
        request("DELETE /sweeps/{sweepId}", "/sweeps/1", "");
        request("POST /sweeps/{sweepId}/runs", "/sweeps/1/runs", "");
        request("GET /sweeps/{sweepId}/result", "/sweeps/1/result", "");
        request("PUT /advice", "/advice?appId=shop", "{\"off\":[\"no-ttl\"]}");
        request("GET /advice", "/advice?appId=shop", "");
        request("DELETE /advice", "/advice?appId=shop", "");
        request("PUT /stale-values", "/stale-values?appId=shop", "{\"knownValues\":[\"constant\"]}");
        request("GET /stale-values", "/stale-values?appId=shop", "");
        request("DELETE /stale-values", "/stale-values?appId=shop", "");
        request("POST /stale-values/requests", "/stale-values/requests?appId=shop", "{\"url\":\"http://vendor\"}");
        request("POST /stale-values/responses", "/stale-values/responses?appId=shop", "{\"body\":\"token\"}");
        request("GET /journal", "/journal?appId=shop", "");
        request("GET /journal/stream", "/journal/stream?appId=shop", "");
        request("POST /reset", "/reset?appId=shop", "");
    }

    private Emulator emulator;
    private RawHttp http;
    private String before;

    @BeforeAll
    void start() {
        emulator = startWithData();
        http = new RawHttp(emulator.url());
        before = state();
    }

    private static Emulator startWithData() {
        Emulator emulator = Emulator.start();
        emulator.clock().set(Instant.parse("2026-01-31T12:00:00Z"));
        for (String appId : List.of(APP, "other")) {
            App app = emulator.app(appId);
            app.clock().set(Instant.parse("2026-01-31T13:00:00Z"));
            app.install("first").storage().secrets().put("k", Hash.of("token", appId));
            app.install("second").storage().sharedKvStore().put("k", Hash.of("n", 1));
            app.faults().arm(CallMatch.any(), new Fault.Throttled());
            holdOne(app);
        }
        RawHttp http = new RawHttp(emulator.url());
        for (String route : List.of(
                "POST /explorations",
                "POST /explorations/{explorationId}/orders",
                "POST /explorations/{explorationId}/actors/{actor}/end",
                "POST /sweeps",
                "PUT /advice",
                "PUT /stale-values")) {
            String body = REQUESTS.get(route).get(1).replace("\"shop\"", "\"explored\"");
            http.send(route.replaceAll(" .*", ""), PREFIX + REQUESTS.get(route).get(0), Map.of(), body);
        }
        http.send("POST", PREFIX + "/explorations/1/actors/bob/end", Map.of(), "");
        return emulator;
    }

    private static void holdOne(App app) {
        Hold hold = app.gate().hold(CallMatch.any().key("held"), Duration.ofMinutes(10));
        Thread caller = new Thread(() -> {
            try {
                app.installs().get(0).storage().kvStore().exists("held");
            } catch (StorageException throttled) {
                assertThat(throttled.code()).isEqualTo(ErrorCode.THROTTLED);
            }
        });
        caller.setDaemon(true);
        caller.start();
        try {
            hold.awaitWaiting(1, Duration.ofSeconds(10));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterAll
    void stop() {
        emulator.close();
    }

    @AfterEach
    void nothingWasDone() {
        assertThat(state()).isEqualTo(before);
    }

    private String state() {
        StringBuilder state = new StringBuilder();
        for (String path : List.of(
                "/installs",
                "/clock",
                "/clock?appId=shop",
                "/clock?appId=other",
                "/faults",
                "/holds",
                "/explorations/1",
                "/stale-values?appId=shop",
                "/advice?appId=shop",
                "/journal")) {
            state.append(http.send("GET", PREFIX + path, Map.of(), "").body()).append('\n');
        }
        for (Install install : emulator.installs()) {
            state.append(install.exportWithSecrets());
        }
        return state.append(emulator.app(APP).exportWithSecrets()).toString();
    }

    private static List<String> routes() {
        return EmulatorServer.routes(
                        new EmulatorServices("", null, null, null, null, null, null, null, null, null, null, null))
                .stream()
                .filter(route -> route.path().startsWith(PREFIX))
                .map(ControlScopeTest::name)
                .toList();
    }

    private static String name(Route route) {
        return route.method().name() + " " + route.path().substring(PREFIX.length());
    }

    @Test
    void everyRouteIsTried() {
        assertThat(REQUESTS.keySet()).containsExactlyInAnyOrderElementsOf(routes());
    }

    /** Without this, the tests below could be refused for another reason. */
    @ParameterizedTest
    @MethodSource("routes")
    void eachRequestIsExecutedIfItIsNotDamaged(String route) {
        try (Emulator fresh = startWithData()) {
            RawHttp.Response response = new RawHttp(fresh.url())
                    .send(
                            route.replaceAll(" .*", ""),
                            PREFIX + REQUESTS.get(route).get(0),
                            Map.of(),
                            bodyOf(route));
            assertThat(response.status()).as(response.body()).isIn(200, 204);
        }
    }

    private void refused(String route, String query, Map<String, String> headers, byte[] body) {
        String method = route.substring(0, route.indexOf(' '));
        String target = REQUESTS.get(route).get(0);
        String path = PREFIX + target.replaceAll("\\?.*", "");
        RawHttp.Response response = http.send(method, query == null ? PREFIX + target : path + query, headers, body);
        assertThat(response.status())
                .as(
                        "%s with the query %s, %s and the body %s: %s",
                        route, query, headers, new String(body, StandardCharsets.UTF_8), response.body())
                .isEqualTo(400);
        assertThat(response.code()).isEqualTo("invalid_request");
        assertThat(response.json().path("detail").asText()).isNotEmpty();
    }

    private static byte[] bodyOf(String route) {
        return REQUESTS.get(route).get(1).getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @MethodSource("routes")
    void aQueryThatIsNotUnderstoodIsRefused(String route) {
        for (String query : QUERIES) {
            refused(route, query, Map.of(), bodyOf(route));
        }
    }

    /** A parameter of another route means nothing here, so the request may have been meant for a narrower scope. */
    @ParameterizedTest
    @MethodSource("routes")
    void aParameterOfAnotherRouteIsRefused(String route) {
        Map<String, String> parameters = Map.of("appId", "shop", "installId", "1", "after", "0", "secrets", "mask");
        Map<String, List<String>> allowed = Map.of(
                "clock",
                List.of("appId"),
                "faults",
                List.of("appId"),
                "holds",
                List.of("appId"),
                "reset",
                List.of("appId"),
                "stale-values",
                List.of("appId"),
                "advice",
                List.of("appId"),
                "journal",
                List.of("appId", "installId", "after"),
                "export",
                List.of("secrets"));
        String path = route.replaceAll("^[A-Z]+ ", "");
        List<String> own = path.endsWith("/export")
                ? allowed.get("export")
                : allowed.getOrDefault(path.substring(1).replaceAll("/.*", ""), List.of());
        parameters.forEach((name, value) -> {
            if (!own.contains(name)) {
                refused(route, "?" + name + "=" + value, Map.of(), bodyOf(route));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("routes")
    void aBodyThatIsNotUnderstoodIsRefused(String route) {
        boolean isApp = List.of("POST /apps", "POST /installs", "POST /sweeps").contains(route);
        for (String body : BODIES) {
            refused(route, null, Map.of(), body.getBytes(StandardCharsets.UTF_8));
            refused(
                    route,
                    null,
                    Map.of("Content-Type", "application/x-www-form-urlencoded"),
                    body.getBytes(StandardCharsets.UTF_8));
        }
        if (!isApp) {
            refused(route, null, Map.of(), "{\"appId\":\"shop\"}".getBytes(StandardCharsets.UTF_8));
        }
        if (route.endsWith("/import")) {
            String twice = new String(bodyOf(route), StandardCharsets.UTF_8)
                    .replaceAll("\"stores\":(\\{.*\\})\\}", "\"stores\":$1,\"stores\":$1}");
            refused(route, null, Map.of(), twice.getBytes(StandardCharsets.UTF_8));
        }
        refused(route, null, Map.of(), "{\"appId\":\"sh\u00f6p\"}".getBytes(StandardCharsets.ISO_8859_1));
        refused(route, null, Map.of(), "{\"appId\":\"shop\"}".getBytes(StandardCharsets.UTF_16));
        refused(route, null, Map.of(), "{}".getBytes(StandardCharsets.UTF_16LE));
    }

    @ParameterizedTest
    @MethodSource("routes")
    void aHeaderThatIsNotUnderstoodIsRefused(String route) {
        for (Map<String, String> headers : HEADERS) {
            refused(route, null, headers, bodyOf(route));
        }
    }

    static Stream<Arguments> otherPaths() {
        return Stream.of(
                Arguments.of("DELETE", "/faults/"),
                Arguments.of("DELETE", "/faults/1/.."),
                Arguments.of("DELETE", "/faults/1/../"),
                Arguments.of("DELETE", "/faults/%2e%2e/faults"),
                Arguments.of("DELETE", "//faults"),
                Arguments.of("DELETE", "/faults//"),
                Arguments.of("DELETE", "/faults/%2F"),
                Arguments.of("DELETE", "/faults/ "),
                Arguments.of("DELETE", "/faults/+1"),
                Arguments.of("DELETE", "/faults/-1"),
                Arguments.of("DELETE", "/installs/1;2"),
                Arguments.of("POST", "/reset/"),
                Arguments.of("POST", "/reset/shop"),
                Arguments.of("POST", "/apps/shop/../../reset"),
                Arguments.of("POST", "/apps/../reset"),
                Arguments.of("POST", "/./reset"),
                Arguments.of("POST", "/reset;"),
                Arguments.of("POST", "/reset;appId=shop"),
                Arguments.of("DELETE", "/faults;appId=shop"),
                Arguments.of("POST", "/Reset"),
                Arguments.of("POST", "//reset"),
                Arguments.of("POST", "/reset%3FappId=shop"),
                Arguments.of("POST", "/reset%"),
                Arguments.of("POST", "/reset%23"));
    }

    @ParameterizedTest
    @MethodSource("otherPaths")
    @DisplayName("a path that is nearly another one's does nothing")
    void nearlyAnotherPath(String method, String path) {
        RawHttp.Response response = http.send(method, PREFIX + path, Map.of(), "");
        assertThat(response.status()).as(response.body()).isIn(400, 404);
        assertThat(response.code()).isIn("invalid_request", "not_found");
    }
}
