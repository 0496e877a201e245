package dev.stowage.contract.selftest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.contract.backend.PluginDataApi;
import dev.stowage.contract.call.Response;
import dev.stowage.contract.call.WireCodec;
import dev.stowage.storage.StoreName;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cloud9's API for the private data of plugins, in process. */
final class MinimalPluginData implements PluginDataApi {

    private static final Pattern PRIVATE = Pattern.compile("/(?:(user)|projects/([^/]+)|([^/]+))/persistent/([^/]+)");

    private final MinimalService service;

    MinimalPluginData(MinimalService service) {
        this.service = service;
    }

    @Override
    public Document get(String path, String user) {
        return respond(path, user, null);
    }

    @Override
    public Document put(String path, String user, String body) {
        return respond(path, user, body);
    }

    private Document respond(String path, String user, String body) {
        String place;
        if (path.startsWith("/settings/")) {
            place = service.flaw.document("settings", path);
        } else {
            Matcher parts = PRIVATE.matcher(path);
            if (!parts.matches()) {
                return refusal(404, "not_found");
            }
            String key = URLDecoder.decode(parts.group(4), StandardCharsets.UTF_8);
            Response right = service.admission(key, StoreName.KV_STORE).refusal();
            Response refused = service.flaw.admit(service.admission(key, StoreName.KV_STORE), StoreName.KV_STORE, null);
            if (right != null && refused != null) {
                return refusal(refused.status(), refused.code());
            }
            Response unknown = parts.group(3) == null ? null : service.flaw.unknownContext();
            if (unknown != null) {
                return refusal(unknown.status(), unknown.code());
            }
            place = service.flaw.document(
                    key, parts.group(1) != null ? "user " + user : "workspace" + " " + parts.group(2));
        }
        if (body == null) {
            return new Document(200, json(service.documents.getOrDefault(place, service.flaw.nothingYet())));
        }
        JsonNode value = json(body).elements().next();
        service.documents.put(place, value.isTextual() ? value.asText() : value.toString());
        return new Document(200, json("{}"));
    }

    private static Document refusal(int status, String code) {
        return new Document(status, json(WireCodec.json(Map.of("code", code))));
    }

    private static JsonNode json(String text) {
        try {
            return WireCodec.parse(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException noJson) {
            throw new IllegalArgumentException(noJson);
        }
    }
}
