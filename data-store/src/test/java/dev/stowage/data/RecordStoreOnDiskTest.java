package dev.stowage.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.emulator.record.Change;
import dev.stowage.emulator.record.Commit;
import dev.stowage.emulator.record.DataDirectory;
import dev.stowage.emulator.record.DataKey;
import dev.stowage.emulator.record.Durability;
import dev.stowage.emulator.record.InMemoryRecordStore;
import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.RecordContent;
import dev.stowage.emulator.record.RecordName;
import dev.stowage.emulator.record.RecordStore;
import dev.stowage.emulator.record.RecordStore.Decided;
import dev.stowage.emulator.record.StoredRecord;
import dev.stowage.storage.Hash;
import dev.stowage.storage.StringSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The store that the emulator uses, with a folder behind it. */
class RecordStoreOnDiskTest {

    private static final int THREADS = 6;
    private static final int STEPS = 500;
    private static final int KEYS = 10;
    private static final List<Partition> SHARED = Stream.of("kvStore", "secrets", "settings")
            .map(store -> new Partition("install/shared", store))
            .toList();
    private static final DataKey KEY = DataKey.parse(Base64.getEncoder().encodeToString(new byte[32]));

    @TempDir
    private Path parent;

    private RecordStore open(Durability durability) {
        return new InMemoryRecordStore(new SqliteStorageProvider()
                .open(new DataDirectory(parent.resolve("data"), durability, Optional.of(KEY))));
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void everythingIsTheSameAfterTheNextStart(Durability durability) throws Exception {
        List<Partition> partitions = new ArrayList<>(SHARED);
        Map<Partition, Map<String, Contents.Row>> before;
        for (int start = 0; start < 3; start++) {
            try (RecordStore store = open(durability)) {
                partitions.addAll(changeInThreads(store, start));
                before = contents(store, partitions);
            }
            try (RecordStore store = open(durability)) {
                assertThat(contents(store, partitions)).isEqualTo(before);
            }
        }
    }

    /** Returns the partitions that were made, dropped ones included. */
    private static List<Partition> changeInThreads(RecordStore store, int start) throws Exception {
        var threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<List<Partition>>> made = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                String name = start + "-" + thread;
                made.add(threads.submit(() -> new Changes(store, name).run()));
            }
            List<Partition> all = new ArrayList<>();
            for (Future<List<Partition>> one : made) {
                all.addAll(one.get());
            }
            return all;
        } finally {
            threads.shutdownNow();
        }
    }

    private static Map<Partition, Map<String, Contents.Row>> contents(RecordStore store, List<Partition> partitions) {
        Map<Partition, Map<String, Contents.Row>> all = new LinkedHashMap<>();
        for (Partition partition : partitions) {
            Map<String, Contents.Row> rows = new LinkedHashMap<>();
            store.list(partition).forEach((key, record) -> rows.put(key, Contents.Row.of(record)));
            all.put(partition, rows);
        }
        return all;
    }

    @Test
    void noVersionIsUsedAgainByTheNextStart() {
        Partition partition = SHARED.get(0);
        long last = 0;
        for (int start = 0; start < 4; start++) {
            try (RecordStore store = open(Durability.PROCESS)) {
                long written = put(store, partition, "a");
                assertThat(written).isGreaterThan(last);
                last = put(store, partition, "b");
                store.update(partition, "b", stored -> new Decided<>(Change.REMOVE, true));
                assertThat(store.read(partition, "b")).isNull();
            }
        }
    }

    private static long put(RecordStore store, Partition partition, String key) {
        Change change = new Change.Write(RecordContent.of(Hash.of("x", 1)), StoredRecord.NEVER);
        return store.update(partition, key, stored -> new Decided<>(change, true))
                .versionAfter();
    }

    /** What one thread does. */
    private static final class Changes {

        private final RecordStore store;
        private final String name;
        private final Random random;
        private final List<Partition> own = new ArrayList<>();

        Changes(RecordStore store, String name) {
            this.store = store;
            this.name = name;
            this.random = new Random(name.hashCode());
        }

        List<Partition> run() {
            own.add(new Partition("install/" + name, "kvStore"));
            for (int step = 0; step < STEPS; step++) {
                int kind = random.nextInt(20);
                if (kind == 0) {
                    replaceOwnPartition(step);
                } else if (kind == 1) {
                    clearOwnPartition();
                } else if (kind < 4) {
                    commitSeveral();
                } else {
                    Change change = kind < 7 ? Change.REMOVE : write();
                    store.update(partition(), key(), stored -> new Decided<>(change, true));
                }
            }
            return own;
        }

        private Partition partition() {
            return random.nextInt(4) == 0 ? own.get(own.size() - 1) : SHARED.get(random.nextInt(SHARED.size()));
        }

        private String key() {
            return "k\0" + random.nextInt(KEYS);
        }

        private Change write() {
            Hash content = Hash.builder()
                    .set("number", random.nextInt())
                    .set("fraction", random.nextDouble())
                    .set("set", StringSet.of("a", Integer.toString(random.nextInt())))
                    .build();
            return new Change.Write(
                    RecordContent.of(content), random.nextBoolean() ? StoredRecord.NEVER : random.nextInt());
        }

        private void replaceOwnPartition(int step) {
            Partition next = new Partition("install/" + name + "-" + step, "secrets");
            store.commit(new Commit(
                    Map.of(),
                    Map.of(new RecordName(next, "first"), write()),
                    Set.of(),
                    Set.of(own.get(own.size() - 1))));
            own.add(next);
        }

        private void commitSeveral() {
            Map<RecordName, Change> changes = new LinkedHashMap<>();
            for (int i = 0; i < 3; i++) {
                changes.put(new RecordName(partition(), key()), i == 2 ? Change.REMOVE : write());
            }
            RecordName first = changes.keySet().iterator().next();
            StoredRecord seen = store.read(first.partition(), first.key());
            // Another thread may have changed it: the commit does nothing then.
            store.commit(new Commit(Map.of(first, seen == null ? 0L : seen.version()), changes, Set.of(), Set.of()));
        }

        private void clearOwnPartition() {
            Partition last = own.get(own.size() - 1);
            store.commit(new Commit(Map.of(), Map.of(new RecordName(last, "left"), write()), Set.of(last), Set.of()));
        }
    }
}
