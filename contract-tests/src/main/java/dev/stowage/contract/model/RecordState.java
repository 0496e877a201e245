package dev.stowage.contract.model;

import dev.stowage.contract.call.SetValue;
import dev.stowage.contract.call.SuiteValues;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of one record in the reference model.
 *
 * @param fields null if there is no record
 */
public record RecordState(@Nullable Map<String, @Nullable Object> fields) {

    public static final RecordState MISSING = new RecordState(null);

    public static RecordState of(Map<String, @Nullable Object> fields) {
        return new RecordState(Collections.unmodifiableMap(new LinkedHashMap<>(fields)));
    }

    public boolean isMissing() {
        return fields == null;
    }

    /** The fields; empty if there is no record. */
    public Map<String, @Nullable Object> hash() {
        return fields == null ? Map.of() : fields;
    }

    /** The same text for all states that no response can distinguish. An emptied set may be gone or still there (SET-6). */
    public String canonical() {
        return fields == null ? "missing" : SuiteValues.canonical(withoutEmptiedSets(fields));
    }

    /** The hash without sets that were emptied. */
    public static Map<String, @Nullable Object> withoutEmptiedSets(Map<String, @Nullable Object> hash) {
        Map<String, @Nullable Object> rest = new LinkedHashMap<>(hash);
        rest.values()
                .removeIf(
                        value -> value instanceof SetValue set && set.members().isEmpty());
        return rest;
    }
}
