package dev.stowage.emulator.advice;

import dev.stowage.storage.StoreName;
import java.util.List;

/**
 * A practice that the app breaks, at one record.
 *
 * @param observation what the app did: {@code read 10 times with no write between}
 * @param evidence the operations, in order, without values: {@code secrets.get utoken}
 */
public record Advice(Practice practice, StoreName store, String key, String observation, List<String> evidence) {

    /** For a person: what was observed, and what to do. */
    @Override
    public String toString() {
        return practice.id() + ": '" + key + "' in " + store + ": " + observation + ". " + practice.advice() + "\n    "
                + String.join("\n    ", evidence);
    }
}
