package dev.stowage.examples.vendor;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The credentials that the vendor issued to the owner of the account. */
public record Credentials(
        @JsonProperty("client_id") String clientId,
        @JsonProperty("client_secret") String clientSecret) {}
