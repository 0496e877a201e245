package dev.stowage.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.emulator.Emulator;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that resumes a journal stream, before and after a restart of the emulator. */
@Timeout(60)
class JournalResumeTest {

    private Emulator emulator;

    @BeforeEach
    void start() {
        emulator = Emulator.start();
    }

    @AfterEach
    void stop() {
        emulator.close();
    }

    private void restart() {
        emulator.close();
        emulator = Emulator.start();
    }

    private void execute(int operations) {
        var kvStore = emulator.install().storage().kvStore();
        for (int i = 1; i <= operations; i++) {
            kvStore.exists("k" + i);
        }
    }

    /** Reads the stream until it has an event of the operation on this key. */
    private String read(String query, String lastEventId, String untilKey) throws IOException {
        try (Socket socket = new RawHttp(emulator.url()).connect()) {
            String header = lastEventId.isEmpty() ? "" : "Last-Event-ID: " + lastEventId + "\r\n";
            socket.getOutputStream()
                    .write(("GET /_emulator/journal/stream" + query + " HTTP/1.1\r\nHost: localhost\r\n" + header
                                    + "\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            StringBuilder read = new StringBuilder();
            byte[] buffer = new byte[4096];
            while (read.indexOf("\"key\":\"" + untilKey + "\"") < 0) {
                int n = socket.getInputStream().read(buffer);
                assertThat(n).as("the stream ended after: %s", read).isPositive();
                read.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
            }
            return read.toString();
        }
    }

    private static String idOf(String stream, String key) {
        Matcher event = Pattern.compile("id: (\\S+)\nevent: operation\ndata: [^\n]*\"key\":\"" + key + "\"")
                .matcher(stream);
        assertThat(event.find()).as(stream).isTrue();
        return event.group(1);
    }

    @Test
    void resumesAfterAnEvent() throws IOException {
        execute(3);
        String id = idOf(read("", "", "k3"), "k2");
        assertThat(read("", id, "k3")).doesNotContain("\"k1\"", "\"k2\"", "event: restarted");
        assertThat(read("?after=1", "", "k3")).doesNotContain("\"k1\"", "event: restarted");
        assertThat(read("", "2", "k3")).doesNotContain("\"k2\"", "event: restarted");
    }

    @Test
    void saysAfterARestartThatItLostItsPlace() throws IOException {
        execute(3);
        String id = idOf(read("", "", "k3"), "k2");
        restart();
        execute(5);
        assertThat(read("", id, "k5")).contains("event: restarted", "\"k1\"", "\"k2\"");
        assertThat(read("", "17", "k5")).contains("event: restarted", "\"k1\"");
        assertThat(read("?after=17", "", "k5")).contains("event: restarted", "\"k1\"");
    }

    @Test
    void aPageSaysItToo() throws IOException {
        execute(2);
        RawHttp http = new RawHttp(emulator.url());
        JsonNode page =
                http.send("GET", "/_emulator/journal?after=17", Map.of(), "").json();
        assertThat(page.path("restarted").asBoolean()).isTrue();
        assertThat(page.path("entries")).isEmpty();
        JsonNode first =
                http.send("GET", "/_emulator/journal?after=0", Map.of(), "").json();
        assertThat(first.has("restarted")).isFalse();
        assertThat(first.path("entries")).hasSize(2);
    }

    @Test
    void entriesNameTheServer() throws IOException {
        execute(1);
        JsonNode page = new RawHttp(emulator.url())
                .send("GET", "/_emulator/journal", Map.of(), "")
                .json();
        String server = "127.0.0.1:" + emulator.url().getPort();
        assertThat(page.path("entries").path(0).path("server").asText()).isEqualTo(server);
        assertThat(read("", "", "k1")).contains("\"server\":\"" + server + "\"");
    }

    @Test
    void anIdThatIsNoneIsRefused() {
        for (String id : new String[] {"x", "-1", "1.5", "a-", "a-b", "99999999999999999999"}) {
            RawHttp.Response response = new RawHttp(emulator.url())
                    .send("GET", "/_emulator/journal/stream", Map.of("Last-Event-ID", id), "");
            assertThat(response.code()).as(id).isEqualTo("invalid_request");
        }
    }

    @Test
    @DisplayName("the 33rd stream is refused with the limit, and the control plane goes on")
    void numberOfStreams() throws IOException {
        List<Socket> streams = new ArrayList<>();
        try (Emulator other = Emulator.start()) {
            RawHttp server = new RawHttp(other.url());
            byte[] request = "GET /_emulator/journal/stream HTTP/1.1\r\nHost: localhost\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 32; i++) {
                Socket socket = server.connect();
                streams.add(socket);
                socket.getOutputStream().write(request);
                assertThat(RawHttp.read(socket).status()).isEqualTo(200);
            }
            RawHttp.Response refused = server.send("GET", "/_emulator/journal/stream", Map.of(), "");
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.code()).isEqualTo("throttled");
            assertThat(refused.body()).contains("32 streams");
            assertThat(server.send("GET", "/_emulator/journal", Map.of(), "").status())
                    .isEqualTo(200);
        } finally {
            for (Socket socket : streams) {
                socket.close();
            }
        }
    }
}
