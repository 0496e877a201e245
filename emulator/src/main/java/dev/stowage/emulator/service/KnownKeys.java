package dev.stowage.emulator.service;

import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.RecordStore;
import dev.stowage.emulator.record.StoredRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * What keys stand for, as it was read last. {@link #callerOf} uses an entry only while all records that it was made of have the versions of
 * that time, so it never outlives a revocation, also one by another server (INST-6).
 */
final class KnownKeys {

    private final RecordStore records;
    private final Partition directory;
    private final BiFunction<String, Caller, List<String>> recordsOf;
    private final Map<String, Entry> byKey = new ConcurrentHashMap<>();

    /**
     * @param directory the partition of the records
     * @param recordsOf returns the names of the records that a key and its caller are made of
     */
    KnownKeys(RecordStore records, Partition directory, BiFunction<String, Caller, List<String>> recordsOf) {
        this.records = records;
        this.directory = directory;
        this.recordsOf = recordsOf;
    }

    private record Entry(Caller caller, List<String> names, List<Long> versions) {}

    /** @param read reads the caller; throws the refusal of a key that has none */
    Caller callerOf(String key, Supplier<Caller> read) {
        Entry known = byKey.get(key);
        if (known != null && isCurrent(known)) {
            return known.caller();
        }
        byKey.remove(key);
        Caller caller = read.get();
        Optional<Entry> made = entryOf(caller, recordsOf.apply(key, caller));
        // Read once more: the records may have changed after the first time, before their versions were read.
        if (made.isPresent() && caller.equals(read.get())) {
            byKey.put(key, made.get());
            if (!isCurrent(made.get())) {
                // A reset may have forgotten the key before it was put.
                byKey.remove(key);
            }
        }
        return caller;
    }

    /** What the key stood for when it was read last; empty if it was not. */
    Optional<Caller> remembered(String key) {
        return Optional.ofNullable(byKey.get(key)).map(Entry::caller);
    }

    /** Empty if a record does not exist any longer. */
    private Optional<Entry> entryOf(Caller caller, List<String> names) {
        List<StoredRecord> stored = names.stream()
                .map(name -> Optional.ofNullable(records.read(directory, name)))
                .flatMap(Optional::stream)
                .toList();
        return stored.size() == names.size()
                ? Optional.of(new Entry(
                        caller,
                        names,
                        stored.stream().map(StoredRecord::version).toList()))
                : Optional.empty();
    }

    private boolean isCurrent(Entry entry) {
        for (int i = 0; i < entry.names().size(); i++) {
            StoredRecord stored = records.read(directory, entry.names().get(i));
            if (stored == null || stored.version() != entry.versions().get(i)) {
                return false;
            }
        }
        return true;
    }

    void forget(String key) {
        byKey.remove(key);
    }
}
