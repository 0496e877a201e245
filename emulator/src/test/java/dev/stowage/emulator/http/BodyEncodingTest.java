package dev.stowage.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.storage.Hash;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Bodies that are compressed, and bodies that start with a byte order mark. */
class BodyEncodingTest extends HttpTest {

    private static final String PUT = "{\"key\":\"k\",\"value\":{\"n\":1}}";

    private RawHttp.Response send(String method, String path, Map<String, String> headers, byte[] body) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Authorization", path.startsWith("/v1") ? "Bearer " + install.apiKey() : "");
        return http.send(method, path, all, body);
    }

    /** One request for each way in which bodies are read. */
    private List<List<String>> requests() {
        return List.of(
                List.of("POST", "/v1/kvStore/put", PUT),
                List.of("PUT", "/_emulator/clock?appId=" + install.appId(), "{\"mode\":\"system\"}"),
                List.of(
                        "POST",
                        "/_emulator/installs/" + install.installId() + "/import",
                        "{\"format\":\"stowage/1\",\"stores\":{}}"),
                List.of("PUT", "/user/persistent/" + install.apiKey(), "{\"data\":{\"a\":1}}"),
                List.of("PUT", "/settings/project/1", "{\"settings\":{\"a\":1}}"));
    }

    @Test
    void aCompressedBodyIsNamedAsSuch() throws IOException {
        for (List<String> request : requests()) {
            ByteArrayOutputStream gzip = new ByteArrayOutputStream();
            try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
                out.write(request.get(2).getBytes(StandardCharsets.UTF_8));
            }
            for (String encoding : List.of("gzip", "br", "GZIP")) {
                RawHttp.Response response =
                        send(request.get(0), request.get(1), Map.of("Content-Encoding", encoding), gzip.toByteArray());
                assertThat(response.code()).isEqualTo("invalid_request");
                assertThat(response.json().path("detail").asText()).contains("Content-Encoding", encoding);
            }
            RawHttp.Response response = send(
                    request.get(0),
                    request.get(1),
                    Map.of("Content-Encoding", "identity"),
                    request.get(2).getBytes(StandardCharsets.UTF_8));
            assertThat(response.status()).as(response.body()).isIn(200, 204);
        }
    }

    @Test
    @DisplayName("a byte order mark at the start of a JSON body is no part of it")
    void byteOrderMark() {
        for (List<String> request : requests()) {
            byte[] body = ("\ufeff" + request.get(2)).getBytes(StandardCharsets.UTF_8);
            RawHttp.Response response = send(request.get(0), request.get(1), Map.of(), body);
            assertThat(response.status()).as("%s: %s", request, response.body()).isIn(200, 204);
            byte[] two = ("\ufeff\ufeff" + request.get(2)).getBytes(StandardCharsets.UTF_8);
            assertThat(send(request.get(0), request.get(1), Map.of(), two).code())
                    .as("%s", request)
                    .isEqualTo("invalid_request");
        }
        install.storage().kvStore().delete("k");
        assertThat(call("kvStore/put", "\ufeff" + PUT).status()).isEqualTo(200);
        assertThat(install.storage().kvStore().get("k")).isEqualTo(Hash.of("n", 1));
    }
}
