package dev.stowage.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.storage.Hash;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ERR-1, ERR-2: bad input is refused with the code and status of its clause, changes nothing, and shows no stack trace and no secret. */
class HostileInputTest extends HttpTest {

    private static final Hash RECORD = Hash.of("a", 1);
    private static final String SECRET = "hunter2secret";

    @BeforeEach
    void write() {
        install.storage().kvStore().put("k", RECORD);
        install.storage().secrets().put("k", RECORD);
    }

    @AfterEach
    void nothingChanged() {
        assertThat(install.storage().kvStore().get("k")).isEqualTo(RECORD);
        assertThat(install.storage().secrets().get("k")).isEqualTo(RECORD);
    }

    private void refused(int status, String code, RawHttp.Response response) {
        assertThat(response.status()).as(response.body()).isEqualTo(status);
        assertThat(response.code()).as(response.body()).isEqualTo(code);
        assertThat(response.contentType()).startsWith("application/problem+json");
        assertThat(response.json().path("status").asInt()).isEqualTo(status);
        assertThat(response.json().path("title").asText()).isNotEmpty();
        assertThat(response.json().path("type").asText()).isNotEmpty();
        assertThat(response.json().path("detail").asText()).isNotEmpty();
        assertThat(response.body()).doesNotContain("Exception", "\tat ", "java.", SECRET);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                                                  | 400 | invalid_request
            `no JSON`                                           | 400 | invalid_request
            `{"key":"k","value":{"a":"hunter2secret`            | 400 | invalid_request
            `{"key":"k","value":{"a":hunter2secret}}`           | 400 | invalid_request
            `{"key":"k","value":{"a":1}} {}`                    | 400 | invalid_request
            `{"key":"k","value":{"a":1},}`                      | 400 | invalid_request
            `{"key":"k","value":{"a":1,"a":2}}`                 | 400 | invalid_request
            `{"key":"k","key":"k","value":{}}`                  | 400 | invalid_request
            `[]`                                                | 400 | invalid_request
            `null`                                              | 400 | invalid_request
            `"k"`                                               | 400 | invalid_request
            `{}`                                                | 400 | invalid_request
            `{"key":"k"}`                                       | 400 | invalid_request
            `{"value":{}}`                                      | 400 | invalid_request
            `{"key":"k","value":{},"tll":5}`                    | 400 | invalid_request
            `{"key":"k","value":{},"ttl":"5"}`                  | 400 | invalid_request
            `{"key":"k","value":{},"ttl":0}`                    | 400 | invalid_request
            `{"key":"k","value":{},"ttl":-1}`                   | 400 | invalid_request
            `{"key":"k","value":{},"ttl":1.5}`                  | 400 | invalid_request
            `{"key":"k","value":{},"ttl":315360001}`            | 400 | invalid_request
            `{"key":"k","value":{},"ttl":1e30}`                 | 400 | invalid_request
            `{"key":"k","value":{},"ttl":NaN}`                  | 400 | invalid_request
            `{"key":"k","value":{},"ttl":true}`                 | 400 | invalid_request
            `{"key":"k","value":{},"ttl":5,"keepTtl":true}`     | 400 | invalid_request
            `{"key":"k","value":{},"keepTtl":1}`                | 400 | invalid_request
            `{"key":"k","value":{},"ifVersion":-1}`             | 400 | invalid_request
            `{"key":"k","value":{},"ifVersion":"1"}`            | 400 | invalid_request
            `{"key":"k","value":{},"ifVersion":1.5}`            | 400 | invalid_request
            `{"key":"k","value":{},"ifVersion":null}`           | 400 | invalid_request
            `{"key":"k","value":{},"ifVersion":999999}`         | 409 | version_conflict
            `{"key":5,"value":{}}`                              | 400 | invalid_key
            `{"key":null,"value":{}}`                           | 400 | invalid_key
            `{"key":["k"],"value":{}}`                          | 400 | invalid_key
            `{"key":"","value":{}}`                             | 400 | invalid_key
            `{"key":"\\ud800","value":{}}`                      | 400 | invalid_key
            `{"key":"k","value":null}`                          | 400 | invalid_value
            `{"key":"k","value":5}`                             | 400 | invalid_value
            `{"key":"k","value":"hunter2secret"}`               | 400 | invalid_value
            `{"key":"k","value":[{}]}`                          | 400 | invalid_value
            `{"key":"k","value":true}`                          | 400 | invalid_value
            `{"key":"k","value":{"$numberSet":[1]}}`            | 400 | invalid_value
            `{"key":"k","value":{"a":{"$numberSet":["x"]}}}`    | 400 | invalid_value
            `{"key":"k","value":{"a":{"$numberSet":1}}}`        | 400 | invalid_value
            `{"key":"k","value":{"a":{"$stringSet":[1]}}}`      | 400 | invalid_value
            `{"key":"k","value":{"a":{"$literal":1}}}`          | 400 | invalid_value
            `{"key":"k","value":{"":1}}`                        | 400 | invalid_value
            `{"key":"k","value":{"a":NaN}}`                     | 400 | invalid_value
            `{"key":"k","value":{"a":-Infinity}}`               | 400 | invalid_value
            `{"key":"k","value":{"a":1e999}}`                   | 400 | invalid_value
            `{"key":"k","value":{"a":"\\ud800"}}`               | 400 | invalid_value
            `{"key":"k","value":{"a":"\\udc00\\ud800"}}`        | 400 | invalid_value
            `{"key":"k","value":{"\\ud800":1}}`                 | 400 | invalid_request
            """)
    void put(String body, int status, String code) {
        refused(status, code, call("kvStore/put", body));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            get            | `{"key":"k","fields":"a"}`                        | 400 | invalid_request
            get            | `{"key":"k","fields":[1]}`                        | 400 | invalid_request
            get            | `{"key":"k","fields":null}`                       | 400 | invalid_request
            get            | `{"key":"k","value":{}}`                          | 400 | invalid_request
            patch          | `{"key":"k","value":{},"keepTtl":true}`           | 400 | invalid_request
            patch          | `{"key":"k","value":[]}`                          | 400 | invalid_value
            delete         | `{"key":"k","fields":{"a":1}}`                    | 400 | invalid_request
            exists         | `{"key":"k","fields":[]}`                         | 400 | invalid_request
            increment      | `{"key":"k"}`                                     | 400 | invalid_request
            increment      | `{"key":"k","field":1}`                           | 400 | invalid_request
            increment      | `{"key":"k","field":"a","amount":"1"}`            | 400 | invalid_request
            increment      | `{"key":"k","field":"a","amount":null}`           | 400 | invalid_request
            increment      | `{"key":"k","field":"a","amount":NaN}`            | 400 | invalid_value
            increment      | `{"key":"k","field":"","amount":1}`               | 400 | invalid_value
            increment      | `{"key":"k","field":"a","ttl":0}`                 | 400 | invalid_request
            incrementMulti | `{"key":"k","amounts":[1]}`                       | 400 | invalid_request
            incrementMulti | `{"key":"k","amounts":{"a":1,"b":"x"}}`           | 400 | invalid_request
            append         | `{"key":"k","field":"a","value":1}`               | 409 | wrong_type
            append         | `{"key":"k","field":"l"}`                         | 400 | invalid_request
            append         | `{"key":"k","field":"l","value":1,"ttl":5}`       | 400 | invalid_request
            appendMulti    | `{"key":"k","values":{"l":1}}`                    | 400 | invalid_request
            unshiftMulti   | `{"key":"k","values":null}`                       | 400 | invalid_request
            shift          | `{"key":"k","field":"a"}`                         | 409 | wrong_type
            shiftMulti     | `{"key":"k","counts":{"l":-1}}`                   | 400 | invalid_request
            shiftMulti     | `{"key":"k","counts":{"l":1.5}}`                  | 400 | invalid_request
            shiftMulti     | `{"key":"k","counts":{"l":"2"}}`                  | 400 | invalid_request
            peekMulti      | `{"key":"k","counts":{"l":null}}`                 | 400 | invalid_request
            addNumber      | `{"key":"k","field":"s","value":"1"}`             | 400 | invalid_value
            addNumber      | `{"key":"k","field":"s","value":null}`            | 400 | invalid_value
            addNumber      | `{"key":"k","field":"s","value":NaN}`             | 400 | invalid_value
            addString      | `{"key":"k","field":"s","value":1}`               | 400 | invalid_value
            addStringMulti | `{"key":"k","values":{"s":"x"}}`                  | 400 | invalid_request
            addStringMulti | `{"key":"k","values":{"s":["x",null]}}`           | 400 | invalid_value
            hasNumber      | `{"key":"k","field":"a","value":1}`               | 409 | wrong_type
            Get            | `{"key":"k"}`                                     | 404 | not_found
            nope           | `{"key":"k"}`                                     | 404 | not_found
            """)
    void otherOperations(String operation, String body, int status, String code) {
        refused(status, code, call("kvStore/" + operation, body));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            put       | `{"key":"k","value":{},"ttl":5}`                          | 400 | invalid_request
            put       | `{"key":"k","value":{},"ttl":null}`                       | 400 | invalid_request
            put       | `{"key":"k","value":{},"keepTtl":true}`                   | 400 | invalid_request
            patch     | `{"key":"k","value":{},"ttl":null}`                       | 400 | invalid_request
            put       | `{"key":"a b","value":{"x":"hunter2secret"}}`             | 400 | invalid_key
            put       | `{"key":"k","value":{"x":{"$stringSet":["hunter2secret"]}}}` | 400 | invalid_value
            put       | `{"key":"k","value":{"x":"hunter2secret","y":NaN}}`       | 400 | invalid_value
            put       | `{"key":"k","value":{"x":"hunter2secret" "y"}}`           | 400 | invalid_request
            put       | `{"key":"k","value":"hunter2secret"}`                     | 400 | invalid_value
            increment | `{"key":"k","field":"a"}`                                 | 404 | not_found
            append    | `{"key":"k","field":"a","value":"hunter2secret"}`         | 404 | not_found
            """)
    void secrets(String operation, String body, int status, String code) {
        refused(status, code, call("secrets/" + operation, body));
    }

    @Test
    @DisplayName("VAL-9: 100,000 brackets are refused at the 33rd")
    void brackets() {
        String brackets = "[".repeat(100_000);
        refused(400, "invalid_value", call("kvStore/put", "{\"key\":\"k\",\"value\":{\"a\":" + brackets));
        refused(400, "invalid_value", call("kvStore/append", "{\"key\":\"k\",\"field\":\"l\",\"value\":" + brackets));
        refused(400, "invalid_request", call("kvStore/put", brackets));
        refused(400, "invalid_request", call("kvStore/put", "{\"x\":" + brackets));
        String objects = "{\"a\":".repeat(100_000);
        refused(400, "invalid_value", call("kvStore/put", "{\"key\":\"k\",\"value\":" + objects));
        String literals = "{\"$literal\":".repeat(100_000);
        refused(400, "invalid_value", call("kvStore/put", "{\"key\":\"k\",\"value\":" + literals));
    }

    @Test
    @DisplayName("VAL-8: a body of 3 MiB is refused, with and without its length")
    void largeBody() {
        byte[] body =
                ("{\"key\":\"k\",\"value\":{\"a\":\"" + "x".repeat(3 << 20) + "\"}}").getBytes(StandardCharsets.UTF_8);
        refused(413, "record_too_large", http.post("/v1/kvStore/put", install.apiKey(), body));
        StringBuilder chunked = new StringBuilder();
        for (int i = 0; i < 48; i++) {
            chunked.append("10000\r\n").append("x".repeat(0x10000)).append("\r\n");
        }
        chunked.append("0\r\n\r\n");
        refused(
                413,
                "record_too_large",
                http.send(
                        "POST",
                        "/v1/kvStore/put",
                        Map.of(
                                "Authorization",
                                "Bearer " + install.apiKey(),
                                "Transfer-Encoding",
                                "chunked",
                                "Content-Length",
                                ""),
                        chunked.toString()));
        refused(
                413,
                "record_too_large",
                call("kvStore/put", "{\"key\":\"k\",\"value\":{\"a\":\"" + "x".repeat(409_600) + "\"}}"));
    }

    @Test
    @DisplayName("KEY-2: a key of 1,025 bytes is refused, one of 1,024 is not")
    void longKey() {
        refused(400, "invalid_key", call("kvStore/get", "{\"key\":\"" + "x".repeat(1_025) + "\"}"));
        assertThat(call("kvStore/get", "{\"key\":\"" + "x".repeat(1_024) + "\"}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("bodies that are not UTF-8 are refused")
    void notUtf8() {
        byte[] latin1 = "{\"key\":\"k\",\"value\":{\"a\":\"é\"}}".getBytes(StandardCharsets.ISO_8859_1);
        refused(400, "invalid_request", http.post("/v1/kvStore/put", install.apiKey(), latin1));
        byte[] overlong = "{\"key\":\"k\",\"value\":{\"a\":\"@@\"}}".getBytes(StandardCharsets.US_ASCII);
        overlong[overlong.length - 5] = (byte) 0xC0;
        overlong[overlong.length - 4] = (byte) 0x80;
        refused(400, "invalid_request", http.post("/v1/kvStore/put", install.apiKey(), overlong));
        for (java.nio.charset.Charset other :
                new java.nio.charset.Charset[] {StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE}) {
            byte[] noMark = "{\"key\":\"k\",\"value\":{}}".getBytes(other);
            refused(400, "invalid_request", http.post("/v1/kvStore/put", install.apiKey(), noMark));
        }
        byte[] utf16 = "{\"key\":\"k\",\"value\":{}}".getBytes(StandardCharsets.UTF_16);
        refused(400, "invalid_request", http.post("/v1/kvStore/put", install.apiKey(), utf16));
    }

    @Test
    @DisplayName("INST-6, INST-3, INST-4: keys are checked before anything else")
    void keys() {
        refused(401, "unauthenticated", http.post("/v1/kvStore/get", "nobody", "{\"key\":\"k\"}"));
        refused(401, "unauthenticated", http.post("/v1/nope/nope", "nobody", "no JSON"));
        refused(401, "unauthenticated", http.send("POST", "/v1/kvStore/get", Map.of(), "{\"key\":\"k\"}"));
        refused(
                401,
                "unauthenticated",
                http.send(
                        "POST",
                        "/v1/kvStore/get",
                        Map.of("Authorization", "Basic " + install.apiKey()),
                        "{\"key\":\"k\"}"));
        refused(
                403,
                "no_install_context",
                http.post("/v1/secrets/get", emulator.app(install.appId()).appKey(), "{\"key\":\"k\"}"));
        refused(
                403,
                "no_install_context",
                http.post("/v1/kvStore/get", emulator.app(install.appId()).appKey(), "no JSON"));
        var old = emulator.app(install.appId()).install();
        old.uninstall();
        refused(401, "install_revoked", http.post("/v1/kvStore/get", old.apiKey(), "{\"key\":\"k\"}"));
    }

    @Test
    @DisplayName("unknown stores, operations, routes and methods are not_found")
    void notFound() {
        refused(404, "not_found", call("nope/get", "{\"key\":\"k\"}"));
        refused(404, "not_found", http.send("GET", "/v1/kvStore/get", Map.of(), ""));
        refused(404, "not_found", http.send("GET", "/nope", Map.of(), ""));
        refused(404, "not_found", http.send("PATCH", "/_emulator/clock", Map.of(), ""));
        refused(404, "not_found", http.send("GET", "/_emulator/installs/999999", Map.of(), ""));
    }

    @Test
    @DisplayName("numbers of a thousand digits are refused or rounded, and never cause an internal error")
    void longNumbers() {
        refused(400, "invalid_value", call("kvStore/put", "{\"key\":\"k\",\"value\":{\"a\":" + "9".repeat(400) + "}}"));
        refused(
                400,
                "invalid_value",
                call("kvStore/put", "{\"key\":\"k\",\"value\":{\"a\":" + "9".repeat(200_000) + "}}"));
        assertThat(call("kvStore/put", "{\"key\":\"other\",\"value\":{\"a\":0." + "1".repeat(900) + "}}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("ERR-2: messages contain the store and the key")
    void messagesNameStoreAndKey() {
        RawHttp.Response response = call("kvStore/put", "{\"key\":\"the/key\",\"value\":{\"thefield\":NaN}}");
        assertThat(response.json().path("detail").asText()).contains("kvStore", "the/key");
        assertThat(response.json().path("field").asText()).isEqualTo("thefield");
        assertThat(response.json().path("key").asText()).isEqualTo("the/key");
        call("kvStore/put", "{\"key\":\"huge\",\"value\":{\"n\":1e308}}");
        for (RawHttp.Response refusal : new RawHttp.Response[] {
            call("kvStore/increment", "{\"key\":\"huge\",\"field\":\"n\",\"amount\":1e308}"),
            call("kvStore/put", "{\"key\":\"huge\",\"value\":{},\"ttl\":1.5}"),
            call("kvStore/shiftMulti", "{\"key\":\"huge\",\"counts\":{\"l\":-1}}"),
            call("kvStore/addNumber", "{\"key\":\"huge\",\"field\":\"s\",\"value\":\"x\"}"),
            call("secrets/put", "{\"key\":\"huge\",\"value\":{},\"ttl\":5}"),
        }) {
            assertThat(refusal.json().path("key").asText()).as(refusal.body()).isEqualTo("huge");
            assertThat(refusal.json().path("detail").asText()).contains("'huge'");
        }
        assertThat(call("secrets/get", "{\"key\":\"a b\"}")
                        .json()
                        .path("detail")
                        .asText())
                .contains("'a b'");
    }

    @Test
    @DisplayName("a malformed HTTP request is refused with a problem document that has the status of the response")
    void malformedHttp() throws java.io.IOException {
        for (String request : new String[] {
            "GARBAGE\r\n\r\n",
            "GET / HTTP/3.0\r\n\r\n",
            "GET /" + "x".repeat(100_000) + " HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(100_000) + "\r\n\r\n",
            "GET / HTTP/1.1\r\n\r\n"
        }) {
            try (java.net.Socket socket = http.connect()) {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                refused(400, "invalid_request", RawHttp.read(socket));
            }
        }
    }
}
