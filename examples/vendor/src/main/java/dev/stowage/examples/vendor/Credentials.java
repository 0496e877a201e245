package dev.stowage.examples.vendor;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the vendor gave the account's owner. */
public record Credentials(
        @JsonProperty("client_id") String clientId,
        @JsonProperty("client_secret") String clientSecret) {}
