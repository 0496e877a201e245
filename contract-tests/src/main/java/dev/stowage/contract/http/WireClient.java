package dev.stowage.contract.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.Client;
import dev.stowage.contract.call.NoResponseException;
import dev.stowage.contract.call.Response;
import dev.stowage.contract.call.WireCodec;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A client of the wire protocol that uses one key. */
final class WireClient implements Client {

    private static final int UNAVAILABLE = 503;

    private final RawHttpClient http;
    private final @Nullable String authorization;

    /** @param authorization the value of the header; null for none */
    WireClient(RawHttpClient http, @Nullable String authorization) {
        this.http = http;
        this.authorization = authorization;
    }

    @Override
    public Response call(Call call) {
        Map<String, String> headers = authorization == null
                ? Map.of("Content-Type", "application/json")
                : Map.of("Content-Type", "application/json", "Authorization", authorization);
        RawHttpClient.HttpResponse response =
                http.send("POST", "/v1/" + call.store() + "/" + call.operation(), headers, WireCodec.body(call));
        JsonNode body = json(response);
        String what = call.store() + "." + call.operation();
        if (response.status() >= 200 && response.status() < 300) {
            if (body == null || !body.isObject()) {
                throw new NoResponseException(what + " returned " + response.status() + " and "
                        + response.contentType() + ", which is not a response of this protocol:"
                        + " " + response.excerpt());
            }
            return read(call, response.status(), body);
        }
        if (response.status() == UNAVAILABLE
                || response.status() == RawHttpClient.THROTTLED
                || (response.status() >= 500
                        && !isMissingRoute(response.status())
                        && (body == null || !body.has("code")))) {
            throw new NoResponseException(what + " returned " + response.status() + ": " + response.excerpt());
        }
        if (body == null && response.contentType().contains("html") && !isMissingRoute(response.status())) {
            throw new NoResponseException(
                    what + " returned " + response.status() + " and an HTML page: " + response.excerpt());
        }
        return Response.refused(
                body == null ? "" : body.path("code").asText(""),
                response.status(),
                body == null ? response.excerpt() : body.path("detail").asText(""));
    }

    /** A web framework reports an operation that is not implemented with its own page. */
    private static boolean isMissingRoute(int status) {
        return status == 404 || status == 405 || status == 501;
    }

    private static Response read(Call call, int status, JsonNode body) {
        JsonNode result = body.get("result");
        Object value = result == null ? null : call.isMulti() ? WireCodec.readByField(result) : WireCodec.read(result);
        return new Response(
                null, status, result != null, value, whole(body.get("version")), whole(body.get("ttl")), "");
    }

    private static OptionalLong whole(@Nullable JsonNode number) {
        return number != null && number.isNumber() ? OptionalLong.of(number.asLong()) : OptionalLong.empty();
    }

    private static @Nullable JsonNode json(RawHttpClient.HttpResponse response) {
        try {
            return WireCodec.parse(response.body());
        } catch (IOException noJson) {
            return null;
        }
    }
}
