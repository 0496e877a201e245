package dev.stowage.contract.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.contract.call.NoAnswer;
import dev.stowage.contract.call.NotCheckable;
import dev.stowage.contract.call.WireForm;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The requests under {@code /_emulator/} that the suite needs. */
final class ControlPlane {

    private static final String PREFIX = "/_emulator";

    private final HttpRequests requests;
    private final Map<String, String> headers = new HashMap<>();

    ControlPlane(HttpRequests requests, @Nullable String adminToken) {
        this.requests = requests;
        headers.put("Content-Type", "application/json");
        if (adminToken != null) {
            headers.put("Authorization", "Bearer " + adminToken);
        }
    }

    /**
     * A request that has to succeed.
     *
     * @throws NotCheckable if it is refused
     */
    JsonNode ask(String method, String path, @Nullable String body) {
        HttpRequests.Response response = requests.send(method, PREFIX + path, headers, body);
        String what = method + " " + PREFIX + path + " was answered with " + response.status();
        if (response.status() >= 500 || response.status() == HttpRequests.THROTTLED) {
            throw new NoAnswer(what + ": " + response.excerpt());
        }
        if (response.status() < 200 || response.status() >= 300) {
            throw new NotCheckable(what + ": " + response.excerpt());
        }
        try {
            return WireForm.parse(response.body());
        } catch (IOException noJson) {
            throw new NoAnswer(what + " and no JSON: " + response.excerpt());
        }
    }

    Map<String, String> headers() {
        return headers;
    }

    /** The member, which has to be there. */
    static String text(JsonNode answer, String member) {
        JsonNode value = answer.path(member);
        if (value.isMissingNode() || value.isNull()) {
            throw new NotCheckable("the control plane answered no " + member);
        }
        return value.asText();
    }

    static String json(Map<String, ?> members) {
        return WireForm.json(members);
    }
}
