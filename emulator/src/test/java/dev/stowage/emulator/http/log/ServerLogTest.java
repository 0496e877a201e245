package dev.stowage.emulator.http.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.Install;
import dev.stowage.emulator.call.CallMatch;
import dev.stowage.emulator.fault.Fault;
import dev.stowage.emulator.gate.Hold;
import java.io.IOException;
import java.net.Socket;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Which messages of the server's libraries reach the log of the JDK. */
class ServerLogTest {

    private static final String LIBRARY = "org.eclipse.jetty.server.Server";

    private final Logger root = LogManager.getLogManager().getLogger("");
    private final List<LogRecord> logged = new CopyOnWriteArrayList<>();
    private final Handler collector = new Handler() {
        @Override
        public void publish(LogRecord message) {
            logged.add(message);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void collect() {
        root.addHandler(collector);
    }

    @AfterEach
    void release() {
        root.removeHandler(collector);
    }

    @Test
    void aServerThatStartsAndStopsLogsNothing() {
        try (Emulator emulator = Emulator.start()) {
            assertThat(emulator.url()).isNotNull();
        }
        assertThat(logged).isEmpty();
    }

    private static Socket connect(Emulator emulator) throws IOException {
        Socket socket = new Socket(emulator.url().getHost(), emulator.url().getPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a:b:c\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: \r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX: \u0001\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "\u0000\u0001\u0002\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
            })
    @DisplayName("a malformed request is the client's mistake, and no line in the log")
    void malformedRequest(String request) throws IOException {
        try (Emulator emulator = Emulator.start();
                Socket socket = connect(emulator)) {
            send(socket, request);
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        }
        assertThat(logged).isEmpty();
    }

    @Test
    @DisplayName("a stop with requests that are held, delayed, half sent or streaming or not read logs nothing")
    void stopWithUnfinishedRequests() throws Exception {
        List<Socket> open = new ArrayList<>();
        try (Emulator emulator = Emulator.start()) {
            Install install = emulator.app("stopped").install();
            String body = "{\"key\":\"k\"}";
            Hold hold = emulator.app("stopped").gate().hold(CallMatch.any().operation("get"), Duration.ofMinutes(5));
            emulator.app("stopped")
                    .faults()
                    .arm(CallMatch.any().operation("exists"), new Fault.Delay(Duration.ofMinutes(5)));
            String head = " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + install.apiKey()
                    + "\r\nContent-Length: ";
            for (int i = 0; i < 30; i++) {
                for (String request : List.of(
                        "POST /v1/kvStore/get" + head + body.length() + "\r\n\r\n" + body,
                        "POST /v1/kvStore/exists" + head + body.length() + "\r\n\r\n" + body,
                        "POST /v1/kvStore/put" + head + "1000\r\n\r\n" + body,
                        "POST /v1/kvStore/put" + head,
                        "GET /openapi.yaml HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(60),
                        "POST /_emulator/installs/" + install.installId() + "/import" + head + "1000\r\n\r\n{",
                        "GET /_emulator/journal/stream" + head + "0\r\n\r\n")) {
                    Socket socket = connect(emulator);
                    open.add(socket);
                    send(socket, request);
                }
            }
            assertThat(hold.awaitWaiting(30, Duration.ofSeconds(20))).hasSize(30);
        }
        for (Socket socket : open) {
            socket.close();
        }
        assertThat(logged)
                .extracting(LogRecord::getMessage, LogRecord::getThrown)
                .isEmpty();
    }

    @Test
    @DisplayName("a failure because a connection has ended is no warning; the same failure without that reason is")
    void endOfConnection() {
        NullPointerException failure = new NullPointerException("stream");
        LoggerFactory.getLogger(LIBRARY).warn("failed", failure);
        assertThat(logged).hasSize(1);
        failure.addSuppressed(new TimeoutException("Idle timeout expired: 311/1 ms"));
        LoggerFactory.getLogger(LIBRARY).warn("failed", failure);
        LoggerFactory.getLogger(LIBRARY)
                .warn("{}", String.valueOf(new TimeoutException("Idle timeout expired: 1/1 ms")));
        LoggerFactory.getLogger(LIBRARY).warn("failed", new IOException(new ClosedChannelException()));
        assertThat(logged).hasSize(1);
        LoggerFactory.getLogger(LIBRARY).error("failed", failure);
        assertThat(logged).hasSize(2);
    }

    @Test
    void informationIsDropped() {
        LoggerFactory.getLogger(LIBRARY).info("started {}", "on port 1");
        assertThat(LoggerFactory.getLogger(LIBRARY).isDebugEnabled()).isFalse();
        assertThat(logged).isEmpty();
    }

    @Test
    void aWarningAndAnErrorAreLoggedWithTheirCause() {
        IllegalStateException cause = new IllegalStateException("no thread");
        LoggerFactory.getLogger(LIBRARY).warn("{} of {} failed", 1, 2, cause);
        LoggerFactory.getLogger(LIBRARY).error("broken");

        assertThat(logged)
                .extracting(LogRecord::getLoggerName, LogRecord::getLevel, LogRecord::getMessage, LogRecord::getThrown)
                .containsExactly(
                        tuple(LIBRARY, Level.WARNING, "1 of 2 failed", cause),
                        tuple(LIBRARY, Level.SEVERE, "broken", null));
    }
}
