package dev.stowage.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.emulator.App;
import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.EmulatorConfig;
import dev.stowage.emulator.Install;
import dev.stowage.emulator.call.CallMatch;
import dev.stowage.emulator.fault.Fault;
import dev.stowage.emulator.fault.FaultRule;
import dev.stowage.emulator.gate.HeldOperation;
import dev.stowage.emulator.gate.Hold;
import dev.stowage.emulator.record.InMemoryRecordStore;
import dev.stowage.emulator.record.RecordedStorage;
import dev.stowage.storage.Hash;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Operations that a test holds or delays wait without a thread, and no other request notices them. */
@Timeout(120)
class HeldOperationsTest {

    private static final Duration PATIENT = Duration.ofMinutes(5);
    /** Each takes two file descriptors of this process. */
    private static final int THOUSANDS = 4_000;

    private Emulator emulator;
    private Install install;
    private App app;
    private RawHttp http;
    private final List<Socket> waiting = new ArrayList<>();

    @BeforeEach
    void start() {
        emulator = Emulator.start();
        install = emulator.install();
        app = emulator.app(install.appId());
        http = new RawHttp(emulator.url());
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : waiting) {
            socket.close();
        }
        emulator.close();
    }

    private void increments(int count) throws IOException {
        increments(install.apiKey(), count);
    }

    private void increments(String key, int count) throws IOException {
        String body = "{\"key\":\"held\",\"field\":\"n\"}";
        byte[] request = ("POST /v1/kvStore/increment HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + key
                        + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < count; i++) {
            Socket socket = http.connect();
            waiting.add(socket);
            socket.getOutputStream().write(request);
        }
    }

    private void othersAreServed() {
        othersAreServed(install.apiKey());
    }

    private void othersAreServed(String key) {
        assertThat(http.send("GET", "/_emulator/health", Map.of(), "").status()).isEqualTo(200);
        assertThat(http.send("GET", "/_emulator/faults", Map.of(), "").status()).isEqualTo(200);
        for (int i = 0; i < 50; i++) {
            assertThat(http.post("/v1/kvStore/put", key, "{\"key\":\"other\",\"value\":{}}")
                            .status())
                    .isEqualTo(200);
        }
    }

    private void allAreAnswered(int status) throws IOException {
        for (Socket socket : waiting) {
            assertThat(RawHttp.read(socket).status()).isEqualTo(status);
        }
    }

    @Test
    @DisplayName(
            "4,000 operations wait at a gate, other requests are served, and closing the gate releases all of them")
    void atAGate() throws Exception {
        try (Hold hold = app.gate().hold(CallMatch.any().key("held"), PATIENT)) {
            increments(THOUSANDS);
            hold.awaitWaiting(THOUSANDS, PATIENT);
            othersAreServed();
        }
        allAreAnswered(200);
        assertThat(install.storage().kvStore().get("held")).isEqualTo(Hash.of("n", THOUSANDS));
    }

    @Test
    @DisplayName("4,000 operations wait for a delay, other requests are served, and disarming it releases all of them")
    void inADelay() throws Exception {
        delay();
        increments(THOUSANDS);
        awaitFired(THOUSANDS);
        othersAreServed();
        app.faults().disarmAll();
        allAreAnswered(200);
        assertThat(install.storage().kvStore().get("held")).isEqualTo(Hash.of("n", THOUSANDS));
    }

    private void delay() {
        app.faults()
                .arm(new FaultRule(
                        CallMatch.any().key("held"), 0, Integer.MAX_VALUE, new Fault.Delay(Duration.ofMinutes(5))));
    }

    /** Waits until the fault was injected into this many operations. */
    private void awaitFired(int count) {
        while (app.faults().list().get(0).fired() < count) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aResetReleasesThem() throws Exception {
        delay();
        Hold hold = app.gate().hold(CallMatch.any().operation("put"), PATIENT);
        increments(5);
        awaitFired(5);
        assertThat(http.send("POST", "/_emulator/reset?appId=" + app.appId(), Map.of(), "")
                        .status())
                .isEqualTo(204);
        allAreAnswered(401);
        hold.close();
    }

    @Test
    void aCallerThatHangsUpIsNotWaitedFor() throws Exception {
        try (Hold hold = app.gate().hold(CallMatch.any().key("held"), PATIENT)) {
            increments(3);
            hold.awaitWaiting(3, PATIENT);
            waiting.get(1).close();
            while (hold.waiting().size() > 2) {
                Thread.onSpinWait();
            }
            hold.waiting().forEach(HeldOperation::release);
            assertThat(RawHttp.read(waiting.get(0)).status()).isEqualTo(200);
            assertThat(RawHttp.read(waiting.get(2)).status()).isEqualTo(200);
        }
        assertThat(install.storage().kvStore().get("held")).isEqualTo(Hash.of("n", 2));
    }

    @Test
    void aDelayedOperationWhoseCallerHangsUpIsCarriedOutAtOnce() throws Exception {
        delay();
        increments(1);
        awaitFired(1);
        waiting.get(0).close();
        while (app.journal().entries().isEmpty()) {
            Thread.onSpinWait();
        }
        app.faults().disarmAll();
        assertThat(install.storage().kvStore().get("held")).isEqualTo(Hash.of("n", 1));
    }

    @Test
    void aRequestThatFollowsAHeldOneOnItsConnectionIsServedAfterIt() throws Exception {
        try (Hold hold = app.gate().hold(CallMatch.any().key("held"), PATIENT)) {
            increments(1);
            hold.awaitWaiting(1, PATIENT);
            Socket socket = waiting.get(0);
            String body = "{\"key\":\"n\",\"field\":\"n\"}";
            for (int i = 0; i < 2; i++) {
                socket.getOutputStream()
                        .write(("POST /v1/kvStore/increment HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                                        + install.apiKey() + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                                .getBytes(StandardCharsets.UTF_8));
            }
            othersAreServed();
            hold.close();
            for (String result : List.of("{\"result\":1}", "{\"result\":1}", "{\"result\":2}")) {
                assertThat(RawHttp.read(socket).body()).isEqualTo(result);
            }
        }
    }

    @Test
    @DisplayName("clients that pipeline large responses and read none block no thread")
    void readersThatDoNotRead() throws Exception {
        byte[] requests =
                "GET /openapi.yaml HTTP/1.1\r\nHost: x\r\n\r\n".repeat(200).getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 230; i++) {
            Socket socket = http.connect();
            waiting.add(socket);
            socket.getOutputStream().write(requests);
        }
        othersAreServed();
    }

    @Test
    @DisplayName("senders that send more than a body may have, a byte at a time and without a key, block no thread")
    void sendersThatDrip() throws Exception {
        byte[] head = "POST /v1/kvStore/put HTTP/1.1\r\nHost: x\r\nContent-Length: 900000000\r\n\r\n{"
                .getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 300; i++) {
            Socket socket = http.connect();
            waiting.add(socket);
            socket.getOutputStream().write(head);
        }
        for (int round = 0; round < 3; round++) {
            for (Socket socket : waiting) {
                socket.getOutputStream().write(' ');
            }
            othersAreServed();
        }
    }

    @Test
    @DisplayName("10,000 delayed operations in a server of its own, which has the file descriptors for them")
    void tenThousand() throws Exception {
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        EmulatorProcess.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out = server.inputReader()) {
            String key = "";
            String line = out.readLine();
            while (!line.startsWith("ready ")) {
                key = line.startsWith("apiKey ") ? line.substring("apiKey ".length()) : key;
                line = out.readLine();
            }
            http = new RawHttp(URI.create(line.substring("ready ".length())));
            http.send(
                    "POST",
                    "/_emulator/faults",
                    Map.of(),
                    "{\"match\":{\"key\":\"held\"},\"times\":20000,\"fault\":{\"kind\":\"delay\",\"ms\":300000}}");
            increments(key, 10_000);
            while (!http.send("GET", "/_emulator/faults", Map.of(), "").body().contains("\"fired\":10000")) {
                Thread.onSpinWait();
            }
            othersAreServed(key);
            http.send("DELETE", "/_emulator/faults", Map.of(), "");
            allAreAnswered(200);
        } finally {
            server.destroyForcibly();
        }
    }

    @Test
    @DisplayName(
            "DUR-1: 1,000 writes wait for a slow disk, reads of other records are served, and all are answered afterwards")
    void onASlowDisk() throws Exception {
        RecordedStorage disk = new RecordedStorage();
        emulator.close();
        emulator = Emulator.start(EmulatorConfig.builder()
                .backend(() -> new InMemoryRecordStore(disk))
                .build());
        install = emulator.install();
        app = emulator.app(install.appId());
        http = new RawHttp(emulator.url());
        install.storage().kvStore().put("other", Hash.of("n", 1));
        try {
            disk.block();
            increments(1_000);
            disk.awaitWrite();
            while (app.journal().entries().size() < 1_001) {
                Thread.onSpinWait();
            }
            for (int i = 0; i < 50; i++) {
                assertThat(http.post("/v1/kvStore/get", install.apiKey(), "{\"key\":\"other\"}")
                                .status())
                        .isEqualTo(200);
            }
            assertThat(http.send("GET", "/_emulator/health", Map.of(), "").status())
                    .isEqualTo(200);
            for (Socket socket : waiting) {
                assertThat(socket.getInputStream().available()).isZero();
            }
        } finally {
            disk.unblock();
        }
        allAreAnswered(200);
        assertThat(install.storage().kvStore().get("held")).isEqualTo(Hash.of("n", 1_000));
    }
}
