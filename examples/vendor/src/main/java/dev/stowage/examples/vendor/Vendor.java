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

/** Gets the vendor's tokens, and keeps the last one in the secrets store for as long as it is good. */
public final class Vendor {

    private static final String KEY = "utoken";
    private static final Duration GOOD_FOR = Duration.ofDays(7);
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final URI tokens;
    private final Storage storage;
    private final InstantSource clock;
    private final Duration patience;

    /**
     * @param tokens where the vendor hands out tokens
     * @param storage the storage of the install that this request is for
     * @param patience how long to wait for the vendor
     */
    public Vendor(URI tokens, Storage storage, InstantSource clock, Duration patience) {
        this.tokens = tokens;
        this.storage = storage;
        this.clock = clock;
        this.patience = patience;
    }

    /**
     * A token for the vendor's API: the stored one while it is good, else a new one.
     *
     * @param force true to get a new one in any case, because the credentials have changed
     * @throws VendorException if the vendor gives none
     */
    public String authenticate(Credentials credentials, boolean force) {
        if (!force) {
            UToken stored = storage.secrets().get(KEY, UToken.class);
            if (stored.token() != null && !isExpiring(stored)) {
                return stored.token();
            }
        }
        String token = askVendor(credentials);
        storage.secrets().put(KEY, new UToken(token, clock.millis()));
        return token;
    }

    private boolean isExpiring(UToken token) {
        return clock.millis() - token.issued() > GOOD_FOR.toMillis();
    }

    private String askVendor(Credentials credentials) {
        ObjectNode body = JSON.valueToTree(credentials);
        body.put("grant_type", "client_credentials");
        HttpRequest request = HttpRequest.newBuilder(tokens)
                .timeout(patience)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()))
                .build();
        HttpResponse<String> response = send(request);
        JsonNode answer = parse(response.body());
        String token = answer.path("access_token").asText();
        if (response.statusCode() != 200 || token.isEmpty()) {
            String why = answer.path("status").path("message").asText();
            throw new VendorException(
                    "The vendor gave no token: " + (why.isEmpty() ? "status " + response.statusCode() : why), null);
        }
        return token;
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException problem) {
            throw new VendorException("The vendor did not answer.", problem);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new VendorException("Interrupted while waiting for the vendor.", interrupted);
        }
    }

    private static JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException garbage) {
            throw new VendorException("The vendor answered something that is no JSON.", null);
        }
    }
}
