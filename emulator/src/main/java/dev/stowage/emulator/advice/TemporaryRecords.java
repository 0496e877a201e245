package dev.stowage.emulator.advice;

import dev.stowage.storage.Hash;
import dev.stowage.storage.StoreName;
import dev.stowage.storage.Ttl;
import dev.stowage.storage.operation.Operation;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A put of a record without a ttl into a key-value store, whose key contains a word for something temporary, or that has a field for
 * the end of its validity.
 */
final class TemporaryRecords implements Rule {

    private static final Pattern KEY = words("lock|locks|lease|session|sessions|cache|cached|temp|tmp|nonce|otp");
    private static final Pattern FIELD = Pattern.compile(
            "expires?|expiry|expiration|expires?_?(at|on|in)|valid_?until|valid_?to", Pattern.CASE_INSENSITIVE);

    /** Whole words of keys such as {@code job-lock}, {@code jobLock} and {@code lock:4711}. */
    private static Pattern words(String words) {
        return Pattern.compile(
                "(^|[^a-zA-Z])(?i:" + words + ")([^a-z]|$)|[a-z](?:" + capitalized(words) + ")([^a-z]|$)");
    }

    private static String capitalized(String words) {
        return Pattern.compile("(^|\\|)([a-z])")
                .matcher(words)
                .replaceAll(found -> found.group(1) + found.group(2).toUpperCase(Locale.ROOT));
    }

    @Override
    public Optional<Advice> observe(Observation operation) {
        StoreName store = operation.call().store();
        if (!store.isKeyValue()
                || !(operation.call().operation() instanceof Operation.Put put)
                || !put.ttl().equals(Ttl.none())) {
            return Optional.empty();
        }
        return why(put.key(), put.value())
                .map(why -> operation
                        .record()
                        .advice(Practice.NO_TTL, "put without a ttl, though " + why, List.of(operation.toString())));
    }

    private static Optional<String> why(String key, Hash value) {
        if (KEY.matcher(key).find()) {
            return Optional.of("its key is that of something temporary");
        }
        return value.asMap().keySet().stream()
                .filter(field -> FIELD.matcher(field).matches())
                .findFirst()
                .map(field -> "its field '" + field + "' says when it ends");
    }
}
