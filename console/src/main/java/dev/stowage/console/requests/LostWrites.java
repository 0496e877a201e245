package dev.stowage.console.requests;

import dev.stowage.emulator.call.CallSummary;
import dev.stowage.emulator.fault.Faults;
import dev.stowage.emulator.journal.JournalEntry;
import dev.stowage.storage.StoreName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds writes that were lost: a client reads a record, another client changes it, and the first one puts or deletes it without having
 * read it again.
 */
final class LostWrites {

    private static final int REMEMBERED = 50;
    private static final Set<String> REPLACING = Set.of("put", "delete");

    private record RecordOf(String appId, long installId, StoreName store, String key) {

        static RecordOf of(CallSummary call) {
            return new RecordOf(
                    call.appId(),
                    call.store() == StoreName.SHARED_KV_STORE
                            ? 0
                            : call.installId().orElse(0),
                    call.store(),
                    call.key());
        }
    }

    /** What is known of one record: which version each client has seen last, and the last writes. */
    private static final class Course {

        private final Map<String, Long> seen = new HashMap<>();
        private final Deque<JournalEntry> writes = new ArrayDeque<>();

        Optional<String> add(JournalEntry entry) {
            if (entry.refusal().isPresent()) {
                return Optional.empty();
            }
            String client = entry.call().client();
            String operation = entry.call().operation();
            if (Faults.isRead(operation)) {
                seen.put(client, entry.versionAfter());
                return Optional.empty();
            }
            if (entry.versionBefore() == entry.versionAfter()) {
                return Optional.empty();
            }
            Optional<String> lost = Optional.empty();
            if (REPLACING.contains(operation)) {
                lost = Optional.ofNullable(seen.get(client))
                        .flatMap(version -> lostBetween(version, client, operation));
                seen.put(client, entry.versionAfter());
            }
            writes.add(entry);
            if (writes.size() > REMEMBERED) {
                writes.remove();
            }
            return lost;
        }

        private Optional<String> lostBetween(long version, String client, String operation) {
            return writes.stream()
                    .filter(write -> write.versionAfter() > version
                            && !write.call().client().equals(client))
                    .findFirst()
                    .map(write -> "This " + operation + " replaced a write that its client had not read: request "
                            + write.sequence() + " made v" + write.versionAfter() + ", the client had read v" + version
                            + ". That write is lost.");
        }
    }

    private LostWrites() {}

    /**
     * Returns the requests that have lost another client's write, with an explanation.
     *
     * @param entries in order
     */
    static Map<Long, String> in(List<JournalEntry> entries) {
        Map<RecordOf, Course> records = new HashMap<>();
        Map<Long, String> lost = new HashMap<>();
        for (JournalEntry entry : entries) {
            records.computeIfAbsent(RecordOf.of(entry.call()), name -> new Course())
                    .add(entry)
                    .ifPresent(why -> lost.put(entry.sequence(), why));
        }
        return lost;
    }
}
