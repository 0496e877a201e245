package dev.stowage.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ERR-1: a request that the server can't process is refused with a problem document, and is no error of the server. */
class MalformedRequestTest extends HttpTest {

    private final Logger root = LogManager.getLogManager().getLogger("");
    private final List<String> errors = new ArrayList<>();
    private final Handler collector = new Handler() {
        @Override
        public void publish(LogRecord message) {
            if (message.getLevel().intValue() >= Level.SEVERE.intValue()) {
                errors.add(message.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void collectErrors() {
        root.addHandler(collector);
    }

    @AfterEach
    void nothingIsLogged() {
        root.removeHandler(collector);
        assertThat(errors).isEmpty();
    }

    private static void assertProblem(RawHttp.Response response, String... codes) {
        assertThat(response.contentType()).as(response.body()).startsWith("application/problem+json");
        assertThat(response.code()).isIn((Object[]) codes);
        assertThat(response.json().path("status").asInt()).isEqualTo(response.status());
        assertThat(response.status()).isIn(400, 404);
        assertThat(response.json().path("detail").asText()).isNotBlank();
        assertThat(response.body()).doesNotContain("Exception", "jetty");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/settings//user",
                "/_emulator//faults",
                "//",
                "//settings/user",
                "/%2F",
                "/%25",
                "/%zz",
                "/%",
                "/%2",
                "/%c3%28",
                "/settings/project/a%2Fb",
                "/settings/project/a%25b",
                "/settings/project/%zz",
                "/settings/project/%00",
                "/settings/project/\ud83d\ude00",
                "/settings/project/\u00e9",
                "/\ud83d\ude00",
                "/settings/%2e%2e/user",
                "/..",
                "/../settings/user",
                "/settings/..;/user",
                "/settings/user\\",
                "/settings/user#x",
                "*",
                "",
                "?x",
                "settings/user",
                "http://other.example/nope",
                "/%u0041",
                "/settings/user|",
                "/settings/user HTTP/1.1",
                "/settings/project/;x%=1",
                "/settings/project/a;x=%zz",
                "/settings/project/a;x=%ff",
                "/v1/kvStore/;%1/x"
            })
    @DisplayName("an ambiguous or malformed path is refused with a problem document, whatever the method")
    void paths(String path) {
        for (String method : List.of("GET", "PUT", "POST", "DELETE", "OPTIONS", "PATCH", "X")) {
            assertProblem(http.send(method, path, Map.of(), ""), "invalid_request", "not_found");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
                "PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
                "PUT / HTTP/1.1\r\nHost: a b\r\nContent-Length: 0\r\n\r\n",
                "PUT / HTTP/1.1\r\nHost: x\r\nHost: x\r\nContent-Length: 0\r\n\r\n",
                "PUT / HTTP/1.1\r\nHost: \r\nContent-Length: 0\r\n\r\n",
                "DELETE / HTTP/1.1\r\n\r\n",
                "PUT / HTTP/1.1\r\nHost: x\r\nX : y\r\n\r\n",
                "PUT / HTTP/1.1\r\nHost: x\r\nX\u0001: y\r\n\r\n",
                "PUT / HTTP/1.1\r\nHost: x\r\n X: y\r\n\r\n",
                "PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n",
                "PUT / HTTP/1.1\r\nHost: x\r\nExpect: nope\r\nContent-Length: 0\r\n\r\n",
                "PUT / HTTP/9.9\r\nHost: x\r\n\r\n",
                "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
                "CONNECT / HTTP/1.1\r\nHost: x\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            })
    void heads(String request) throws IOException {
        try (Socket socket = http.connect()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            assertProblem(RawHttp.read(socket), "invalid_request", "not_found");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e9999999999", "-1e9999999999", "1e400", "[1e400]", "{\"b\":-1e400}"})
    @DisplayName("PRIV-1: a number beyond the range of a double is refused")
    void numbersOfPluginData(String number) {
        for (String path : List.of("/settings/user", "/user/persistent/" + install.apiKey())) {
            String member = path.startsWith("/settings") ? "settings" : "data";
            String json = "{\"a\":" + number + "}";
            assertProblem(http.send("PUT", path, Map.of(), "{\"" + member + "\":" + json + "}"), "invalid_value");
            String form = member + "=" + json.replace("\"", "%22");
            Map<String, String> type = Map.of("Content-Type", "application/x-www-form-urlencoded");
            assertProblem(http.send("PUT", path, type, form), "invalid_value");
            assertThat(http.send("GET", path, Map.of(), "").body()).isEqualTo("null");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nope", "utf-16", "iso-8859-1", "", "\"utf-8", "utf-8; charset=utf-16"})
    @DisplayName("PRIV-1: a body in another charset than UTF-8 is refused")
    void charsetsOfPluginData(String charset) {
        for (String path : List.of("/settings/user", "/settings/project/1", "/user/persistent/" + install.apiKey())) {
            for (String type : List.of("application/json", "application/x-www-form-urlencoded")) {
                Map<String, String> headers = Map.of("Content-Type", type + "; charset=" + charset);
                String body = path.startsWith("/settings") ? "{\"settings\":{}}" : "{\"data\":{}}";
                assertProblem(http.send("PUT", path, headers, body), "invalid_request");
                assertThat(http.send("GET", path, headers, "").body()).isEqualTo("null");
            }
        }
    }

    /** Otherwise a client's next request on the connection would fail for no reason that it can see. */
    @ParameterizedTest
    @ValueSource(
            strings = {"GET /_emulator/installs?appId=%LONG% HTTP/1.1", "GET / HTTP/9.1", "GET / HTTP/1.1\r\nNo header"
            })
    void aResponseAfterWhichTheConnectionIsClosedSaysSo(String head) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", emulator.url().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write((head.replace("%LONG%", "x".repeat(9_000)) + "\r\nHost: 127.0.0.1\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            // Reads to the end of the connection.
            String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(response).startsWith("HTTP/1.1 400 ");
            assertThat(response.toLowerCase(Locale.ROOT)).contains("\r\nconnection: close\r\n");
        }
    }
}
