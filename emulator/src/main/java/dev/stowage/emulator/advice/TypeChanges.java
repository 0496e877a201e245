package dev.stowage.emulator.advice;

import dev.stowage.storage.Hash;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A field that a put or a patch writes with another type than the one before. Null has no type. */
final class TypeChanges implements Rule {

    private record Field(RecordOfInstall record, String name) {}

    private record Typed(String type, String operation) {}

    private final Map<Field, Typed> types = new RecentMap<>();

    @Override
    public Optional<Advice> observe(Observation operation) {
        Hash written = operation.written();
        if (written == null) {
            return Optional.empty();
        }
        Optional<Advice> advice = Optional.empty();
        for (Map.Entry<String, @Nullable Object> entry : written.asMap().entrySet()) {
            Object value = entry.getValue();
            if (value == null) {
                continue;
            }
            Typed typed = new Typed(typeOf(value), operation.toString());
            Typed before = types.put(new Field(operation.record(), entry.getKey()), typed);
            if (before != null && !before.type().equals(typed.type()) && advice.isEmpty()) {
                advice = Optional.of(operation
                        .record()
                        .advice(
                                Practice.TYPE_CHANGE,
                                "its field '" + entry.getKey() + "' was a " + before.type() + " and is now a "
                                        + typed.type(),
                                List.of(before.operation(), typed.operation())));
            }
        }
        return advice;
    }

    private static String typeOf(Object value) {
        if (value instanceof Number) {
            return "number";
        }
        if (value instanceof String) {
            return "string";
        }
        if (value instanceof Boolean) {
            return "boolean";
        }
        if (value instanceof Hash) {
            return "hash";
        }
        return value instanceof List<?> ? "list" : value.getClass().getSimpleName();
    }
}
