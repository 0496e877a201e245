package dev.stowage.reliability.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Sends generated requests to an emulator, and checks after each of them that
 *
 * <ul>
 *   <li>a response came, in time, with a status below 500;
 *   <li>an error is a problem document with a code of the closed set;
 *   <li>the response does not contain the secret of an install that no request has the key of;
 *   <li>the record of that install is still there, after a reset and at the end: no request asks for all apps to be deleted.
 * </ul>
 */
public final class Fuzzer {

    private static final Set<String> CODES = Set.of(
            "invalid_request",
            "invalid_key",
            "invalid_value",
            "wrong_type",
            "record_too_large",
            "unauthenticated",
            "install_revoked",
            "no_install_context",
            "not_found",
            "version_conflict",
            "throttled",
            "unavailable",
            "internal");
    private static final String SECRET = "never-to-be-seen-7f3b";
    private static final int MOST_FINDINGS = 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI server;
    private final long seed;
    private final AtomicLong next = new AtomicLong();
    private final FuzzReport report = new FuzzReport();
    private final RequestGenerator generator;
    private final String canaryKey;

    private Fuzzer(URI server, long seed) throws IOException {
        this.server = server;
        this.seed = seed;
        List<String> keys = new ArrayList<>();
        // The first installs have the ids that requests name, so that those that requests have the keys of live on.
        for (int i = 0; i < 8; i++) {
            install("fuzzed");
        }
        for (int i = 0; i < 3; i++) {
            keys.add(install("keys"));
        }
        keys.add(control("/_emulator/apps", "{\"appId\":\"keys\"}")
                .path("appKey")
                .asText());
        canaryKey = install("canary");
        operation("put", "{\"key\":\"canary\",\"value\":{\"secret\":\"" + SECRET + "\"}}");
        byte[] description = ask("GET", "/openapi.yaml", "", "").body();
        generator = new RequestGenerator(ApiDescription.read(description), keys, server.getAuthority());
    }

    /**
     * Fuzzes until so many requests were sent or the time is over.
     *
     * @param threads how many connections send at once
     * @throws IOException if the server can't be reached at all
     */
    public static FuzzReport run(URI server, long seed, long requests, Duration atMost, int threads)
            throws IOException {
        Fuzzer fuzzer = new Fuzzer(server, seed);
        long end = System.nanoTime() + atMost.toNanos();
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread worker = new Thread(() -> fuzzer.work(requests, end), "fuzzer-" + i);
            worker.start();
            workers.add(worker);
        }
        for (Thread worker : workers) {
            try {
                worker.join();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }
        fuzzer.checkCanary("the end");
        return fuzzer.report;
    }

    private void work(long requests, long end) {
        FuzzConnection connection = null;
        long number = next.getAndIncrement();
        while (number < requests
                && System.nanoTime() - end < 0
                && report.findings().size() < MOST_FINDINGS) {
            FuzzRequest request = generator.generate(seed, number);
            try {
                connection = send(connection == null ? new FuzzConnection(server) : connection, number, request);
            } catch (IOException unreachable) {
                report.found(number, request, "the server can't be reached: " + unreachable.getMessage());
            }
            number = next.getAndIncrement();
        }
        if (connection != null) {
            connection.close();
        }
    }

    /** @return the connection for the next request; null for a new one */
    private @Nullable FuzzConnection send(FuzzConnection connection, long number, FuzzRequest request)
            throws IOException {
        if (!request.framed()) {
            // Its body is shorter than announced: the server waits for the rest, and that is right.
            report.sent("unfinished");
            connection.sendOnly(request);
            connection.close();
            return null;
        }
        try {
            FuzzResponse response = connection.send(request);
            report.sent(String.valueOf(response.status()));
            check(number, request, response);
            if (!response.closes()) {
                return connection;
            }
        } catch (SocketTimeoutException slow) {
            report.found(number, request, "no response within 10 seconds");
        } catch (IOException ended) {
            connection.close();
            if (connection.isUsed()) {
                // A server may end an idle connection at any time: only a new one tells what it makes of the request.
                return send(new FuzzConnection(server), number, request);
            }
            report.found(number, request, "no response: " + ended.getMessage());
        }
        connection.close();
        return null;
    }

    private void check(long number, FuzzRequest request, FuzzResponse response) {
        if (response.status() >= 500) {
            report.found(number, request, "answered with " + response);
        }
        if (response.status() >= 400 && !request.method().equals("HEAD")) {
            String wrong = wrongProblem(response);
            if (!wrong.isEmpty()) {
                report.found(number, request, wrong + ": " + response);
            }
        }
        String text = response.text();
        if ((text.contains(SECRET) && !request.target().contains("secrets=include"))
                || (text.contains(canaryKey) && !request.target().startsWith("/_emulator/"))) {
            report.found(number, request, "shows a secret: " + response);
        }
        if (request.target().startsWith("/_emulator/reset") && response.status() < 300) {
            checkCanary("request " + number + ": " + request);
        }
    }

    private static String wrongProblem(FuzzResponse response) {
        try {
            JsonNode problem = JSON.readTree(response.body());
            if (problem == null || !CODES.contains(problem.path("code").asText())) {
                return "an error without a code of the closed set";
            }
            return problem.path("detail").asText().isBlank() ? "an error without words for a person" : "";
        } catch (IOException noJson) {
            return "an error that is no problem document";
        }
    }

    /** Reads by an export, and not by an operation, because a request may have armed a fault for all operations. */
    private void checkCanary(String when) {
        try {
            JsonNode export = JSON.readTree(ask("GET", "/_emulator/apps/canary/export?secrets=include", "", "")
                    .body());
            if (!export.toString().contains(SECRET)) {
                report.found("a record that no request concerns is gone after " + when);
            }
        } catch (IOException refused) {
            report.found("an app that no request concerns is gone after " + when + ": " + refused.getMessage());
        }
    }

    private String install(String appId) throws IOException {
        return control("/_emulator/installs", "{\"appId\":\"" + appId + "\"}")
                .path("apiKey")
                .asText();
    }

    private JsonNode control(String path, String body) throws IOException {
        return JSON.readTree(ask("POST", path, "", body).body());
    }

    private JsonNode operation(String name, String body) throws IOException {
        return JSON.readTree(ask("POST", "/v1/secrets/" + name, canaryKey, body).body());
    }

    private FuzzResponse ask(String method, String path, String key, String body) throws IOException {
        try (FuzzConnection connection = new FuzzConnection(server)) {
            FuzzResponse response = connection.send(new FuzzRequest(
                    method,
                    path,
                    key.isEmpty()
                            ? List.of("Host: " + server.getAuthority())
                            : List.of("Host: " + server.getAuthority(), "Authorization: Bearer " + key),
                    body.getBytes(StandardCharsets.UTF_8),
                    true));
            if (response.status() >= 300) {
                throw new IOException(method + " " + path + " was answered with " + response);
            }
            return response;
        }
    }
}
