package dev.stowage.examples.vendor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stowage.storage.Storage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;

/** Requests tokens from the vendor and caches the last one in the secrets store until it expires. */
public final class Vendor {

    private static final String KEY = "utoken";
    private static final Duration LIFETIME = Duration.ofDays(7);
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final URI tokenUrl;
    private final Storage storage;
    private final InstantSource clock;
    private final Duration timeout;

    /**
     * @param tokenUrl the vendor's token endpoint
     * @param storage the storage of the install that this request is for
     * @param timeout the maximum time to wait for the vendor
     */
    public Vendor(URI tokenUrl, Storage storage, InstantSource clock, Duration timeout) {
        this.tokenUrl = tokenUrl;
        this.storage = storage;
        this.clock = clock;
        this.timeout = timeout;
    }

    /**
     * Returns a token for the vendor's API: the stored one until it expires, else a new one.
     *
     * @param force true to request a new token in any case, because the credentials have changed
     * @throws VendorException if the vendor returns none
     */
    public String authenticate(Credentials credentials, boolean force) {
        if (!force) {
            UToken stored = storage.secrets().get(KEY, UToken.class);
            if (stored.token() != null && !isExpired(stored)) {
                return stored.token();
            }
        }
        String token = requestToken(credentials);
        storage.secrets().put(KEY, new UToken(token, clock.millis()));
        return token;
    }

    private boolean isExpired(UToken token) {
        return clock.millis() - token.issued() > LIFETIME.toMillis();
    }

    private String requestToken(Credentials credentials) {
        ObjectNode body = JSON.valueToTree(credentials);
        body.put("grant_type", "client_credentials");
        HttpRequest request = HttpRequest.newBuilder(tokenUrl)
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()))
                .build();
        HttpResponse<String> response = send(request);
        JsonNode json = parse(response.body());
        String token = json.path("access_token").asText();
        if (response.statusCode() != 200 || token.isEmpty()) {
            String reason = json.path("status").path("message").asText();
            throw new VendorException(
                    "The vendor returned no token: " + (reason.isEmpty() ? "status " + response.statusCode() : reason),
                    null);
        }
        return token;
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException problem) {
            throw new VendorException("The vendor did not respond.", problem);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new VendorException("Interrupted while waiting for the vendor.", interrupted);
        }
    }

    private static JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException invalid) {
            throw new VendorException("The vendor's response is not JSON.", null);
        }
    }
}
