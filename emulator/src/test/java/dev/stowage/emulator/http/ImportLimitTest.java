package dev.stowage.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.storage.Hash;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** VAL-8: an import is read as a stream, and is refused as soon as a record or the number of records exceeds a limit. */
@Timeout(60)
class ImportLimitTest extends HttpTest {

    private static final long SIZE = 99_000_000;
    private static final long MAX_ALLOCATED_BYTES = 100_000_000;
    private static final String START = "{\"format\":\"stowage/1\",\"stores\":{\"kvStore\":{";

    @BeforeEach
    void write() {
        install.storage().kvStore().put("k", Hash.of("a", 1));
    }

    /** Sends {@code start} and then {@code unit} until the body has 99 MB. */
    private RawHttp.Response send(String path, String start, String unit) throws IOException {
        byte[] units = unit.repeat(65_536 / unit.length()).getBytes(StandardCharsets.UTF_8);
        try (Socket socket = http.connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + SIZE + "\r\n\r\n" + start)
                    .getBytes(StandardCharsets.UTF_8));
            long left = SIZE - start.length();
            while (left > 0) {
                int n = (int) Math.min(left, units.length);
                out.write(units, 0, n);
                left -= n;
            }
            return RawHttp.read(socket);
        }
    }

    private static long allocated() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] ids = threads.getAllThreadIds();
        long sum = 0;
        for (long bytes : threads.getThreadAllocatedBytes(ids)) {
            sum += Math.max(0, bytes);
        }
        return sum;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            `"k":{"value":{"a":[`        | `[],`                      | record_too_large
            `"k":{"value":{"a":[`        | `{},`                      | record_too_large
            `"k":{"value":{"a":[`        | `1,`                       | record_too_large
            `"k":{"value":{"a":[`        | `"",`                      | record_too_large
            `"k":{"value":{"a":"`        | `x`                        | record_too_large
            `"k":{"value":{"a":{"$literal":{"b":[` | `[],`            | record_too_large
            `"k":{"value":{"a":{"$numberSet":[`    | `1,`             | record_too_large
            `"k":{"value":{"a":`         | `[`                        | invalid_value
            `"k":{"value":{"a":`         | `{"a":`                    | invalid_value
            `"k":[`                      | `[],`                      | invalid_request
            `"k":{"ttl":`                | `1`                        | invalid_request
            """)
    @DisplayName("99 MB in one record are refused at once, and without much memory")
    void oneRecord(String start, String unit, String code) throws IOException {
        String path = "/_emulator/installs/" + install.installId() + "/import";
        long before = allocated();
        RawHttp.Response response = send(path, START + start, unit);
        long used = allocated() - before;
        assertThat(response.code()).as(response.body()).isEqualTo(code);
        assertThat(used).as("bytes that were allocated, also by the client").isLessThan(MAX_ALLOCATED_BYTES);
        assertThat(install.storage().kvStore().get("k")).isEqualTo(Hash.of("a", 1));
    }

    /** It is too large because of the lists that it makes, although its text is shorter than that of a record may be. */
    @Test
    void aRecordOfManySmallValuesIsRefusedBeforeItsEndIsRead() {
        String path = "/_emulator/installs/" + install.installId() + "/import";
        String body = START + "\"k\":{\"value\":{\"a\":[" + "[],".repeat(210_000) + "not JSON";
        assertThat(http.post(path, "", body).code()).isEqualTo("record_too_large");
        assertThat(install.storage().kvStore().get("k")).isEqualTo(Hash.of("a", 1));
    }

    @Test
    void anAppsListOfAnythingElseIsRefused() throws IOException {
        String start = "{\"format\":\"stowage-app/1\",\"installs\":[";
        for (String unit : List.of("[],", "{},", "1,")) {
            RawHttp.Response response = send("/_emulator/apps/" + install.appId() + "/import", start, unit);
            assertThat(response.code()).isEqualTo("invalid_request");
        }
        String empty = "{\"trackerId\":\"t\",\"stores\":{}},";
        RawHttp.Response response = send("/_emulator/apps/" + install.appId() + "/import", start, empty);
        assertThat(response.code()).isEqualTo("invalid_request");
        assertThat(response.body()).contains("200000");
        assertThat(emulator.app(install.appId()).installs()).hasSize(1);
    }

    @Test
    @DisplayName("the number of records is limited, and a document at the limit of a record is loaded")
    void records() {
        StringBuilder many = new StringBuilder(START);
        for (int i = 0; i <= 200_000; i++) {
            many.append('"').append(i).append("\":{\"value\":{}},");
        }
        String path = "/_emulator/installs/" + install.installId() + "/import";
        RawHttp.Response response = http.post(path, "", many + "\"last\":{\"value\":{}}}}}");
        assertThat(response.code()).isEqualTo("invalid_request");
        assertThat(response.body()).contains("200000");
        String numbers = "[" + "1,".repeat(200_000) + "1]";
        String indented = numbers.replace(",", ",\n                                    ");
        String escaped = "\"" + "\\u0041".repeat(400_000) + "\"";
        for (String value : List.of(numbers, indented, escaped)) {
            RawHttp.Response loaded = http.post(path, "", START + "\"k\":{\"value\":{\"a\":" + value + "}}}}}");
            assertThat(loaded.status()).as(loaded.body()).isEqualTo(204);
        }
        assertThat(install.storage().kvStore().get("k").getString("a")).hasSize(400_000);
    }
}
