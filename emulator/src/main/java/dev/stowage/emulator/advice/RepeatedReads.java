package dev.stowage.emulator.advice;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@value #BOUND} reads of one record with no write to it between. With a second or more between any two, it is a poll. */
final class RepeatedReads implements Rule {

    static final int BOUND = 10;
    private static final Duration POLL = Duration.ofSeconds(1);

    private static final class Reads {
        private final List<String> evidence = new ArrayList<>();
        private boolean arePolls = true;
        private Instant last = Instant.MIN;
    }

    private final Map<RecordOfInstall, Reads> reads = new RecentMap<>();

    @Override
    public Optional<Advice> observe(Observation operation) {
        RecordOfInstall record = operation.record();
        if (operation.isWrite()) {
            reads.remove(record);
            return Optional.empty();
        }
        Reads before = reads.computeIfAbsent(record, any -> new Reads());
        if (!before.evidence.isEmpty()) {
            before.arePolls &= !operation.at().isBefore(before.last.plus(POLL));
        }
        before.last = operation.at();
        before.evidence.add(operation.toString());
        if (before.evidence.size() != BOUND) {
            return Optional.empty();
        }
        return Optional.of(record.advice(
                before.arePolls ? Practice.POLL : Practice.REPEATED_READ,
                "read " + BOUND + " times with no write between",
                List.copyOf(before.evidence)));
    }
}
