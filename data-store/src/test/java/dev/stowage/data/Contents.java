package dev.stowage.data;

import dev.stowage.emulator.record.DurableStorage;
import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.RecordName;
import dev.stowage.emulator.record.StoredRecord;
import dev.stowage.storage.Hash;
import java.util.HashMap;
import java.util.Map;

/** Everything that a storage loads, in a form that can be compared. */
record Contents(Map<Partition, Long> lastVersions, Map<RecordName, Row> records) {

    record Row(Hash content, long version, long expiresAt) {

        static Row of(StoredRecord record) {
            return new Row(record.content().hash(), record.version(), record.expiresAt());
        }
    }

    static Contents of(DurableStorage storage) {
        Contents contents = new Contents(new HashMap<>(), new HashMap<>());
        storage.load(new DurableStorage.Loader() {
            @Override
            public void partition(Partition partition, long lastVersion) {
                contents.lastVersions.put(partition, lastVersion);
            }

            @Override
            public void record(RecordName name, StoredRecord record) {
                contents.records.put(name, Row.of(record));
            }
        });
        return contents;
    }
}
