package dev.stowage.emulator.advice;

import dev.stowage.storage.operation.Operation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A put into secrets or settings and, as the install's next operation, a delete of the same record. */
final class UncheckedSecrets implements Rule {

    private final Map<Long, Observation> last = new RecentMap<>();

    @Override
    public Optional<Advice> observe(Observation operation) {
        Observation before = last.put(operation.installId(), operation);
        if (before == null
                || operation.call().store().isKeyValue()
                || !(before.call().operation() instanceof Operation.Put)
                || !(operation.call().operation() instanceof Operation.Delete delete)
                || delete.fields() != null
                || !before.record().equals(operation.record())) {
            return Optional.empty();
        }
        return Optional.of(operation
                .record()
                .advice(
                        Practice.STORED_UNCHECKED,
                        "deleted directly after it was stored",
                        List.of(before.toString(), operation.toString())));
    }
}
