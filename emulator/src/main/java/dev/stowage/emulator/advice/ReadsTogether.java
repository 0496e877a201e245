package dev.stowage.emulator.advice;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Two records of an install of which {@value #BOUND} times in a row one was read directly after the other, and never one alone. */
final class ReadsTogether implements Rule {

    static final int BOUND = 5;

    private record Pair(RecordOfInstall first, RecordOfInstall second) {}

    /** The read before, of which it is not known yet whether another one follows. */
    private final Map<Long, Observation> unpaired = new RecentMap<>();

    private final Map<Pair, Integer> pairs = new RecentMap<>();

    @Override
    public Optional<Advice> observe(Observation operation) {
        long installId = operation.installId();
        @Nullable Observation before = unpaired.remove(installId);
        if (operation.isWrite()) {
            forget(before);
            return Optional.empty();
        }
        if (before == null || before.record().equals(operation.record())) {
            forget(before);
            unpaired.put(installId, operation);
            return Optional.empty();
        }
        Pair pair = new Pair(before.record(), operation.record());
        pairs.keySet().removeIf(other -> !other.equals(pair) && overlap(other, pair));
        int times = pairs.merge(pair, 1, Integer::sum);
        if (times != BOUND) {
            return Optional.empty();
        }
        return Optional.of(operation
                .record()
                .advice(
                        Practice.READ_TOGETHER,
                        "read " + BOUND + " times in a row directly after '"
                                + before.record().key() + "' in "
                                + before.record().store() + ", and neither was read without the other",
                        List.of(before.toString(), operation.toString())));
    }

    /** A record that was read alone is not always read together with another one. */
    private void forget(@Nullable Observation alone) {
        if (alone != null) {
            pairs.keySet()
                    .removeIf(pair ->
                            pair.first().equals(alone.record()) || pair.second().equals(alone.record()));
        }
    }

    private static boolean overlap(Pair one, Pair other) {
        return one.first().equals(other.first())
                || one.first().equals(other.second())
                || one.second().equals(other.first())
                || one.second().equals(other.second());
    }
}
