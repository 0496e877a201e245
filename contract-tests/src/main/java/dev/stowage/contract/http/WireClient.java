package dev.stowage.contract.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.contract.call.Answer;
import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.Client;
import dev.stowage.contract.call.NoAnswer;
import dev.stowage.contract.call.WireForm;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The wire protocol, as its page has it, spoken with one key. */
final class WireClient implements Client {

    private static final int UNAVAILABLE = 503;

    private final HttpRequests requests;
    private final @Nullable String authorization;

    /** @param authorization the whole header; null for none */
    WireClient(HttpRequests requests, @Nullable String authorization) {
        this.requests = requests;
        this.authorization = authorization;
    }

    @Override
    public Answer call(Call call) {
        Map<String, String> headers = authorization == null
                ? Map.of("Content-Type", "application/json")
                : Map.of("Content-Type", "application/json", "Authorization", authorization);
        HttpRequests.Response response =
                requests.send("POST", "/v1/" + call.store() + "/" + call.operation(), headers, WireForm.body(call));
        JsonNode body = json(response);
        String what = call.store() + "." + call.operation();
        if (response.status() >= 200 && response.status() < 300) {
            if (body == null || !body.isObject()) {
                throw new NoAnswer(what + " was answered with " + response.status() + " and " + response.contentType()
                        + ", which is no answer of this protocol: " + response.excerpt());
            }
            return read(call, response.status(), body);
        }
        if (response.status() == UNAVAILABLE
                || response.status() == HttpRequests.THROTTLED
                || (response.status() >= 500 && (body == null || !body.has("code")))) {
            throw new NoAnswer(what + " was answered with " + response.status() + ": " + response.excerpt());
        }
        if (body == null && response.contentType().contains("html")) {
            throw new NoAnswer(
                    what + " was answered with " + response.status() + " and a page of HTML: " + response.excerpt());
        }
        return Answer.refused(
                body == null ? "" : body.path("code").asText(""),
                response.status(),
                body == null ? response.excerpt() : body.path("detail").asText(""));
    }

    private static Answer read(Call call, int status, JsonNode body) {
        JsonNode result = body.get("result");
        Object value = result == null ? null : call.isMulti() ? WireForm.readByField(result) : WireForm.read(result);
        return new Answer(null, status, result != null, value, whole(body.get("version")), whole(body.get("ttl")), "");
    }

    private static OptionalLong whole(@Nullable JsonNode number) {
        return number != null && number.isNumber() ? OptionalLong.of(number.asLong()) : OptionalLong.empty();
    }

    private static @Nullable JsonNode json(HttpRequests.Response response) {
        try {
            return WireForm.parse(response.body());
        } catch (IOException noJson) {
            return null;
        }
    }
}
