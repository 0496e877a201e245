package dev.stowage.emulator.advice;

import dev.stowage.storage.operation.Operation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An increment or a list operation whose response was lost, and the same one directly after it. */
final class Retries implements Rule {

    private final Map<Long, Observation> last = new RecentMap<>();

    @Override
    public Optional<Advice> observe(Observation operation) {
        Observation before = last.put(operation.installId(), operation);
        if (before == null
                || before.reply().isPresent()
                || !doesMoreTheSecondTime(operation.call().operation())
                || before.call().store() != operation.call().store()
                || !before.call().operation().equals(operation.call().operation())) {
            return Optional.empty();
        }
        return Optional.of(operation
                .record()
                .advice(
                        Practice.RETRY_AFTER_LOSS,
                        "done again after a lost response",
                        List.of(before.toString(), operation.toString())));
    }

    private static boolean doesMoreTheSecondTime(Operation operation) {
        return operation instanceof Operation.Increment
                || operation instanceof Operation.ListInsert
                || (operation instanceof Operation.ListTake && !operation.isRead());
    }
}
