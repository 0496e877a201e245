package dev.stowage.contract.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.contract.call.NoResponseException;
import dev.stowage.contract.call.NotCheckableException;
import dev.stowage.contract.call.WireCodec;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The requests under {@code /_emulator/} that the suite needs. */
final class ControlPlaneClient {

    private static final String PREFIX = "/_emulator";

    private final Supplier<RawHttpClient> servers;
    private final Map<String, String> headers = new HashMap<>();

    /** @param servers returns the server whose turn it is */
    ControlPlaneClient(Supplier<RawHttpClient> servers, @Nullable String adminToken) {
        this.servers = servers;
        headers.put("Content-Type", "application/json");
        if (adminToken != null) {
            headers.put("Authorization", "Bearer " + adminToken);
        }
    }

    /**
     * A request that has to succeed.
     *
     * @throws NotCheckableException if it is refused with a 4xx status
     */
    JsonNode ask(String method, String path, @Nullable String body) {
        return ask(servers.get(), method, path, body);
    }

    JsonNode ask(RawHttpClient server, String method, String path, @Nullable String body) {
        RawHttpClient.HttpResponse response = server.send(method, PREFIX + path, headers, body);
        String what = method + " " + PREFIX + path + " returned " + response.status();
        if (response.status() >= 500 || response.status() == RawHttpClient.THROTTLED) {
            throw new NoResponseException(what + ": " + response.excerpt());
        }
        if (response.status() < 200 || response.status() >= 300) {
            throw new NotCheckableException(what + ": " + response.excerpt());
        }
        try {
            return WireCodec.parse(response.body());
        } catch (IOException noJson) {
            throw new NoResponseException(what + " and no JSON: " + response.excerpt());
        }
    }

    Map<String, String> headers() {
        return headers;
    }

    /** The member of a response, which is required. */
    static String text(JsonNode response, String member) {
        JsonNode value = response.path(member);
        if (value.isMissingNode() || value.isNull()) {
            throw new NotCheckableException("the control plane returned no " + member);
        }
        return value.asText();
    }

    static String json(Map<String, ?> members) {
        return WireCodec.json(members);
    }
}
