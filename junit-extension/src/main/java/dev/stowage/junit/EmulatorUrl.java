package dev.stowage.junit;

import java.net.URI;

/**
 * Where the emulator listens, for an app that brings its own client. A key is {@code Install.apiKey()}.
 *
 * @param uri {@code http://127.0.0.1:43567}
 */
public record EmulatorUrl(URI uri) {

    @Override
    public String toString() {
        return uri.toString();
    }
}
