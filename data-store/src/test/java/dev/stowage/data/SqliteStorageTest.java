package dev.stowage.data;

import static dev.stowage.data.Storages.NOTES;
import static dev.stowage.data.Storages.open;
import static dev.stowage.data.Storages.read;
import static dev.stowage.data.Storages.refusal;
import static dev.stowage.data.Storages.remove;
import static dev.stowage.data.Storages.write;
import static dev.stowage.data.Storages.writeMany;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.emulator.record.DataDirectory;
import dev.stowage.emulator.record.Durability;
import dev.stowage.emulator.record.DurableStorageProvider;
import dev.stowage.emulator.record.LogEntry;
import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.RecordContent;
import dev.stowage.emulator.record.RecordName;
import dev.stowage.emulator.record.StoredRecord;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.NumberSet;
import dev.stowage.storage.StringSet;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was written is there after the folder was closed and opened again. */
class SqliteStorageTest {

    private static final Partition SETTINGS = new Partition("install/1", "settings");

    @TempDir
    private Path parent;

    private Path folder;

    @BeforeEach
    void chooseFolder() {
        folder = parent.resolve("data");
    }

    private void write(LogEntry... entries) {
        try (SqliteStorage storage = open(folder)) {
            storage.write(List.of(entries));
        }
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void theServiceLoaderFindsTheProvider(Durability durability) {
        DurableStorageProvider provider =
                ServiceLoader.load(DurableStorageProvider.class).findFirst().orElseThrow();
        try (var storage = provider.open(new DataDirectory(folder, durability, Optional.empty()))) {
            storage.write(writeMany(NOTES, 3));
        }
        assertThat(read(folder).records()).hasSize(3);
    }

    @Test
    void recordsHaveTheirContentVersionAndExpiry() {
        write(
                Storages.write(NOTES, "a", 7, Hash.of("x", 1)),
                Storages.write(NOTES, "b", 9, Hash.of("x", "ü"), 1_700_000_000),
                Storages.write(SETTINGS, "a", 3, Hash.empty(), -5));

        Contents contents = read(folder);
        assertThat(contents.records())
                .hasSize(3)
                .containsEntry(new RecordName(NOTES, "a"), new Contents.Row(Hash.of("x", 1), 7, StoredRecord.NEVER))
                .containsEntry(new RecordName(NOTES, "b"), new Contents.Row(Hash.of("x", "ü"), 9, 1_700_000_000))
                .containsEntry(new RecordName(SETTINGS, "a"), new Contents.Row(Hash.empty(), 3, -5));
        assertThat(contents.lastVersions()).containsEntry(NOTES, 9L).containsEntry(SETTINGS, 3L);
    }

    @Test
    void aKeyMayHaveAnyCharacter() {
        List<String> keys = new ArrayList<>(List.of(
                "\0",
                "a",
                "a\0",
                "a\0b",
                "a\0c",
                "A",
                "ä",
                "a\u0308",
                " ",
                "'",
                "\"",
                "%",
                "\uFEFF",
                "\uFFFE",
                "\uFFFF",
                "😀",
                "\uD800\uDC00",
                "\uDBFF\uDFFF",
                "\r\n",
                "\u007F",
                "\u0080",
                "\u07FF",
                "\u0800"));
        keys.add("x".repeat(100_000));
        List<LogEntry> entries = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            entries.add(Storages.write(NOTES, keys.get(i), i + 1, Hash.of("n", i)));
        }
        write(entries.toArray(LogEntry[]::new));
        // Each change finds its own row.
        write(
                remove(NOTES, "a\0b", 50),
                Storages.write(NOTES, "a\0c", 51, Hash.of("n", "changed")),
                Storages.write(NOTES, "\0", 52, Hash.of("n", "changed")));

        var records = read(folder).records();
        assertThat(records).hasSize(keys.size() - 1).doesNotContainKey(new RecordName(NOTES, "a\0b"));
        for (int i = 0; i < keys.size(); i++) {
            String key = keys.get(i);
            Object expected = key.equals("a\0c") || key.equals("\0") ? "changed" : (Object) i;
            if (!key.equals("a\0b")) {
                assertThat(records.get(new RecordName(NOTES, key)).content()).isEqualTo(Hash.of("n", expected));
            }
        }
    }

    @Test
    void contentIsTheSameInBothForms() {
        Hash content = Hash.builder()
                .set("whole", 9_007_199_254_740_991L)
                .set("negative", -9_007_199_254_740_991L)
                .set("greatest", Double.MAX_VALUE)
                .set("smallest", Double.MIN_VALUE)
                .set("fraction", 0.1)
                .set("no", null)
                .set("yes", true)
                .set("text", "a\0b \"😀\" \\ \u2028")
                .set("a\0b", "a field name")
                .set("numbers", NumberSet.of(1, 2.5, -3))
                .set("strings", StringSet.of("", "b", "\0"))
                .set("emptySet", StringSet.of())
                .set("list", List.of(1, List.of("x"), Hash.of("deep", Hash.of("$numberSet", List.of(1)))))
                .set("$literal", Hash.of("$stringSet", List.of("no set")))
                .build();
        byte[] json = RecordContent.of(content).json();
        write(
                Storages.write(NOTES, "hash", 1, content),
                new LogEntry.Changed(
                        new RecordName(NOTES, "json"),
                        new StoredRecord(RecordContent.ofJson(json), 2, StoredRecord.NEVER),
                        2));

        var records = read(folder).records();
        assertThat(records.get(new RecordName(NOTES, "hash")).content()).isEqualTo(content);
        assertThat(records.get(new RecordName(NOTES, "json")).content()).isEqualTo(content);
        assertThat(new String(json, StandardCharsets.UTF_8))
                .contains("$numberSet")
                .contains("\\u0000");
    }

    @Test
    void noVersionIsUsedAgainAfterItsRecordIsGone() {
        write(Storages.write(NOTES, "a", 41, Hash.empty()), remove(NOTES, "a", 41));
        write(remove(NOTES, "a", 42));
        // Versions of a partition may arrive in another order than they were taken.
        write(Storages.write(NOTES, "b", 40, Hash.empty()));

        Contents contents = read(folder);
        assertThat(contents.lastVersions()).containsEntry(NOTES, 42L);
        assertThat(contents.records()).containsOnlyKeys(new RecordName(NOTES, "b"));
    }

    @Test
    void theLastOfSeveralChangesOfATransactionCounts() {
        write(
                Storages.write(NOTES, "a", 1, Hash.of("n", 1)),
                remove(NOTES, "a", 1),
                Storages.write(NOTES, "a", 2, Hash.of("n", 2)),
                Storages.write(NOTES, "b", 3, Hash.of("n", 3)),
                remove(NOTES, "b", 3));

        Contents contents = read(folder);
        assertThat(contents.records())
                .containsExactly(Map.entry(
                        new RecordName(NOTES, "a"), new Contents.Row(Hash.of("n", 2), 2, StoredRecord.NEVER)));
        assertThat(contents.lastVersions()).containsEntry(NOTES, 3L);
    }

    @Test
    void aDroppedPartitionIsGoneAtOnceAndItsRowsLater() throws Exception {
        int records = 2 * SqliteStorage.TIDIED_AT_ONCE + 1;
        write(Storages.write(SETTINGS, "kept", 1, Hash.empty()));
        try (SqliteStorage storage = open(folder)) {
            storage.write(writeMany(NOTES, records));
            storage.write(List.of(remove(SETTINGS, "kept", 1), new LogEntry.Dropped(NOTES)));
            storage.write(List.of(Storages.write(SETTINGS, "kept", 2, Hash.empty())));
            assertThat(Contents.of(storage).lastVersions()).containsOnlyKeys(SETTINGS);

            assertThat(storage.tidyUp()).isTrue();
        }
        // The process ended in between.
        assertThat(read(folder).records()).containsOnlyKeys(new RecordName(SETTINGS, "kept"));
        try (SqliteStorage storage = open(folder)) {
            assertThat(storage.tidyUp()).isTrue();
            assertThat(storage.tidyUp()).isFalse();
            assertThat(storage.tidyUp()).isFalse();
        }
        try (Shell shell = new Shell(folder)) {
            assertThat(shell.query("SELECT count(*) FROM record")).isEqualTo("1");
            assertThat(shell.query("SELECT group_concat(store) FROM partition")).isEqualTo("settings");
        }
    }

    @Test
    void aDropTakesTheEarlierChangesOfItsTransactionWithIt() {
        write(writeMany(NOTES, 2).toArray(LogEntry[]::new));
        Partition made = new Partition("install/2", "kvStore");
        write(
                Storages.write(NOTES, "k0", 3, Hash.empty()),
                Storages.write(made, "a", 1, Hash.empty()),
                new LogEntry.Dropped(made),
                new LogEntry.Dropped(NOTES),
                Storages.write(SETTINGS, "a", 1, Hash.empty()));

        assertThat(read(folder).lastVersions()).containsOnlyKeys(SETTINGS);
    }

    @Test
    void aNameThatIsUsedAfterItsDropIsANewPartition() {
        write(writeMany(NOTES, 3).toArray(LogEntry[]::new));
        write(new LogEntry.Dropped(NOTES), Storages.write(NOTES, "new", 1, Hash.empty()));
        try (SqliteStorage storage = open(folder)) {
            storage.write(List.of(new LogEntry.Dropped(NOTES), Storages.write(NOTES, "newer", 1, Hash.empty())));
            assertThat(storage.tidyUp()).isTrue();
            assertThat(Contents.of(storage).records()).hasSize(1);
            assertThat(storage.tidyUp()).isFalse();
        }
        assertThat(read(folder).records()).containsOnlyKeys(new RecordName(NOTES, "newer"));
    }

    @Test
    void aFullDiskChangesNothingByHalf() throws Exception {
        Hash large = Hash.of("text", "x".repeat(10_000));
        write(Storages.write(NOTES, "first", 1, large));
        SqliteStorage storage = open(folder);
        storage.limitPages(20);
        List<LogEntry> tooMuch = new ArrayList<>(List.of(remove(NOTES, "first", 1)));
        for (int i = 2; i < 100; i++) {
            tooMuch.add(Storages.write(NOTES, "k" + i, i, large));
        }
        assertThat(refusal(ErrorCode.UNAVAILABLE, () -> storage.write(tooMuch)))
                .isEqualTo("The disk of " + folder.toRealPath() + " is full.");
        // Memory and storage differ now, so nothing more is accepted, not even what would fit.
        assertThat(refusal(ErrorCode.UNAVAILABLE, () -> storage.write(List.of(remove(NOTES, "first", 200)))))
                .contains("since an earlier write failed");
        storage.close();

        Contents contents = read(folder);
        assertThat(contents.records()).containsOnlyKeys(new RecordName(NOTES, "first"));
        assertThat(contents.lastVersions()).containsEntry(NOTES, 1L);
    }

    @Test
    void anotherProgramCanReadAndCopyItWhileItIsOpen() throws Exception {
        Path copy = parent.resolve("copy/stowage.db");
        Files.createDirectory(
                copy.getParent(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try (SqliteStorage storage = open(folder);
                Shell shell = new Shell(folder)) {
            storage.write(List.of(Storages.write(NOTES, "a", 1, Hash.of("city", "Łódź"))));
            assertThat(shell.query("SELECT json_extract(content, '$.city') FROM record WHERE key = 'a'"))
                    .isEqualTo("Łódź");
            shell.execute("VACUUM INTO '" + copy + "'");
            storage.write(List.of(Storages.write(NOTES, "b", 2, Hash.empty())));
        }
        assertThat(refusal(ErrorCode.INVALID_REQUEST, () -> open(copy.getParent())))
                .contains("chmod 600 " + copy);
        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-------"));
        assertThat(read(copy.getParent()).records()).containsOnlyKeys(new RecordName(NOTES, "a"));
    }
}
