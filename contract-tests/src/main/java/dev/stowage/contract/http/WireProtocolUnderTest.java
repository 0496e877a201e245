package dev.stowage.contract.http;

import dev.stowage.contract.backend.StorageUnderTest;
import dev.stowage.contract.call.Client;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A backend that implements the wire protocol: its name, and a client for each key. */
abstract class WireProtocolUnderTest implements StorageUnderTest {

    private final RawHttpClient http;
    private final boolean strict;

    /**
     * @param strict true if the clauses that this project decides (<b>E</b>) are binding
     * @param timeout how long a response may take
     */
    WireProtocolUnderTest(URI url, boolean strict, Duration timeout) {
        this.http = new RawHttpClient(url, timeout);
        this.strict = strict;
    }

    final RawHttpClient http() {
        return http;
    }

    @Override
    public String name() {
        return http.server().toString();
    }

    @Override
    public boolean isStrict() {
        return strict;
    }

    @Override
    public Client openWith(@Nullable String key) {
        return new WireClient(http, key == null ? null : "Bearer " + key);
    }
}
