package dev.stowage.emulator.advice;

import dev.stowage.storage.Hash;
import dev.stowage.storage.operation.Operation;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A put without a version that was computed from a get of the same record: it keeps a field of what was read and changes another
 * one, or changes nothing but a number by a small step, or adds to a list. A put of entirely new values is none.
 */
final class GetThenPut implements Rule {

    private static final double LARGEST_STEP = 100;

    private final Map<RecordOfInstall, Observation> reads = new RecentMap<>();

    @Override
    public Optional<Advice> observe(Observation operation) {
        RecordOfInstall record = operation.record();
        if (operation.whatWasRead() != null) {
            reads.put(record, operation);
            return Optional.empty();
        }
        @Nullable Observation read = operation.isWrite() ? reads.remove(record) : null;
        if (read == null
                || !(operation.call().operation() instanceof Operation.Put put)
                || put.ifVersion().isPresent()
                || !isComputedFrom(Objects.requireNonNull(read.whatWasRead()), put.value())) {
            return Optional.empty();
        }
        return Optional.of(record.advice(
                Practice.GET_THEN_PUT,
                "a put without a version writes what was computed from the get before",
                List.of(read.toString(), operation + "  (a write of another client before this is lost)")));
    }

    private static boolean isComputedFrom(Hash read, Hash written) {
        Map<String, @Nullable Object> before = read.asMap();
        Map<String, @Nullable Object> after = written.asMap();
        boolean keepsAny = false;
        boolean changesAny = before.size() != after.size();
        boolean changesOnlyBySteps = before.keySet().equals(after.keySet()) && !before.isEmpty();
        for (Map.Entry<String, @Nullable Object> field : after.entrySet()) {
            Object old = before.get(field.getKey());
            if (Objects.equals(old, field.getValue())) {
                keepsAny |= before.containsKey(field.getKey());
            } else {
                changesAny = true;
                changesOnlyBySteps &= isStep(old, field.getValue());
            }
        }
        return changesAny && (keepsAny || changesOnlyBySteps);
    }

    private static boolean isStep(@Nullable Object before, @Nullable Object after) {
        if (before instanceof Number one && after instanceof Number other) {
            return Math.abs(one.doubleValue() - other.doubleValue()) <= LARGEST_STEP;
        }
        return before instanceof List<?> one && after instanceof List<?> other && other.containsAll(one);
    }
}
