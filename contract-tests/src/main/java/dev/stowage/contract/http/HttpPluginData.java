package dev.stowage.contract.http;

import dev.stowage.contract.backend.PluginDataApi;
import dev.stowage.contract.call.WireCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Cloud9's API for the private data of plugins, over HTTP. */
final class HttpPluginData implements PluginDataApi {

    private final RawHttpClient http;

    HttpPluginData(RawHttpClient http) {
        this.http = http;
    }

    @Override
    public Document get(String path, @Nullable String user) {
        return send("GET", path, user, null);
    }

    @Override
    public Document put(String path, @Nullable String user, String body) {
        return send("PUT", path, user, body);
    }

    private Document send(String method, String path, @Nullable String user, @Nullable String body) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Accept", "*/*");
        if (body != null) {
            headers.put("Content-Type", "application/json");
        }
        if (user != null) {
            String credentials =
                    Base64.getEncoder().encodeToString((user + ":secret").getBytes(StandardCharsets.UTF_8));
            headers.put("Authorization", "Basic " + credentials);
        }
        RawHttpClient.HttpResponse response = http.send(method, path, headers, body);
        try {
            return new Document(response.status(), WireCodec.parse(response.body()));
        } catch (IOException noJson) {
            return new Document(response.status(), null);
        }
    }
}
