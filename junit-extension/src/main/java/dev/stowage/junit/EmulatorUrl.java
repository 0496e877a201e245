package dev.stowage.junit;

import java.net.URI;

/**
 * The URL of the emulator, for an app that uses its own HTTP client. {@code Install.apiKey()} is the key to send.
 *
 * @param uri for example {@code http://127.0.0.1:43567}
 */
public record EmulatorUrl(URI uri) {

    @Override
    public String toString() {
        return uri.toString();
    }
}
