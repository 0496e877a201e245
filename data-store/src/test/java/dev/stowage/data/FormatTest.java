package dev.stowage.data;

import static dev.stowage.data.Storages.NOTES;
import static dev.stowage.data.Storages.bytes;
import static dev.stowage.data.Storages.open;
import static dev.stowage.data.Storages.read;
import static dev.stowage.data.Storages.refusal;
import static dev.stowage.data.Storages.writeMany;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.emulator.record.DurableStorage;
import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.RecordName;
import dev.stowage.emulator.record.StoredRecord;
import dev.stowage.storage.ErrorCode;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which database files are opened. Those that are refused stay as they are, byte by byte. */
class FormatTest {

    private static final Schema NEXT = new Schema(
            List.of(List.of("ALTER TABLE record ADD COLUMN note TEXT", "UPDATE record SET note = 'migrated'")));

    @TempDir
    private Path parent;

    private Path folder;
    private Path file;

    @BeforeEach
    void writeSomeRecords() throws Exception {
        folder = parent.resolve("data");
        try (SqliteStorage storage = open(folder)) {
            storage.write(writeMany(NOTES, 1_000));
        }
        file = folder.toRealPath().resolve("stowage.db");
    }

    private String refusedUnchanged(ErrorCode code) {
        Map<String, String> before = bytes(folder);
        String message = refusal(code, () -> open(folder).load(new Ignored()));
        Map<String, String> after = bytes(folder);
        // The process that asked last.
        before.remove("lock");
        after.remove("lock");
        assertThat(after.keySet()).isEqualTo(before.keySet());
        assertThat(after.equals(before)).as("the bytes are the same").isTrue();
        return message;
    }

    @Test
    void anOlderFormatIsMigrated() throws Exception {
        Contents before = read(folder);
        try (SqliteStorage storage = open(folder, NEXT)) {
            assertThat(Contents.of(storage)).isEqualTo(before);
            storage.write(List.of(Storages.remove(NOTES, "k0", 1_001)));
        }
        try (Shell shell = new Shell(folder)) {
            assertThat(shell.query("PRAGMA user_version")).isEqualTo("2");
            assertThat(shell.query("SELECT count(*) FROM record WHERE note = 'migrated'"))
                    .isEqualTo("999");
        }
        try (SqliteStorage storage = open(folder, NEXT)) {
            assertThat(Contents.of(storage).records()).hasSize(999);
        }
    }

    @Test
    void onlyTheMissingStepsAreTaken() throws Exception {
        open(folder, NEXT).close();
        List<String> step = List.of("UPDATE record SET note = note || ' twice'");
        Schema afterNext = new Schema(List.of(NEXT.migrations().get(0), step));
        open(folder, afterNext).close();
        try (Shell shell = new Shell(folder)) {
            assertThat(shell.query("PRAGMA user_version")).isEqualTo("3");
            assertThat(shell.query("SELECT count(*) FROM record WHERE note = 'migrated twice'"))
                    .isEqualTo("1000");
        }
    }

    @Test
    void aNewFolderGetsTheNewestFormat() throws Exception {
        Path other = parent.resolve("other");
        open(other, NEXT).close();
        try (Shell shell = new Shell(other)) {
            assertThat(shell.query("PRAGMA user_version")).isEqualTo("2");
            assertThat(shell.query("PRAGMA application_id")).isEqualTo("1398034263");
            assertThat(shell.query("SELECT count(note) FROM record")).isEqualTo("0");
        }
    }

    @Test
    void aMigrationThatFailsChangesNothing() throws Exception {
        Schema broken = new Schema(List.of(List.of("DELETE FROM record", "no SQL")));
        assertThat(refusal(ErrorCode.UNAVAILABLE, () -> open(folder, broken))).contains("syntax error");
        assertThat(read(folder).records()).hasSize(1_000);
    }

    @Test
    void aNewerFormatIsRefused() throws Exception {
        open(folder, NEXT).close();
        assertThat(refusedUnchanged(ErrorCode.INVALID_REQUEST))
                .isEqualTo(file
                        + " has format 2, which a newer version of Stowage has written; this version knows formats up to 1."
                        + " Use the newer version. The file was left as it is.");
    }

    @Test
    void aDatabaseOfAnotherProgramIsRefused() throws Exception {
        Files.delete(file);
        try (Shell shell = new Shell(folder)) {
            shell.execute("CREATE TABLE notes (text)");
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(refusedUnchanged(ErrorCode.INVALID_REQUEST))
                .isEqualTo(file + " is an SQLite database of another program (application_id 0). It was left as it is."
                        + " Restore it from a backup, or choose another directory.");
    }

    @Test
    void aFileThatIsNoDatabaseIsRefused() throws Exception {
        for (String content : List.of("x", "SQLite format 3\0", "no database ".repeat(1_000))) {
            Files.writeString(file, content);
            assertThat(refusedUnchanged(ErrorCode.INVALID_REQUEST))
                    .startsWith(file + " is not an SQLite database. It was left");
        }
    }

    @Test
    void anEmptyFileBesideALogIsRefused() throws Exception {
        Path other = parent.resolve("other");
        ChildProcess.run("crash", other, "5");
        Files.write(other.resolve("stowage.db"), new byte[0]);
        folder = other;
        assertThat(refusedUnchanged(ErrorCode.INVALID_REQUEST))
                .startsWith(other.toRealPath() + "/stowage.db is empty, but its log stowage.db-wal contains data.");
    }

    @Test
    void anEmptyFileAloneIsANewDatabase() throws Exception {
        Files.write(file, new byte[0]);
        assertThat(read(folder).records()).isEmpty();
    }

    @Test
    void aShortenedFileIsNamedAndLeftAlone() throws Exception {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.setLength(bytes.length() / 2);
        }
        assertThat(refusedUnchanged(ErrorCode.UNAVAILABLE))
                .startsWith(file + " is damaged: ")
                .endsWith(". It was left in place. Restore it from a backup, or choose another directory.");
    }

    @Test
    void pagesOfGarbageAreNamedAndLeftAlone() throws Exception {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            long pages = bytes.length() / 4096;
            for (long page = pages / 2; page < pages; page++) {
                bytes.seek(page * 4096);
                bytes.write("garbage!".repeat(512).getBytes(StandardCharsets.US_ASCII));
            }
        }
        assertThat(refusedUnchanged(ErrorCode.UNAVAILABLE)).startsWith(file + " is damaged: ");
        // The failed load has closed the storage: the folder is free.
        assertThat(refusedUnchanged(ErrorCode.UNAVAILABLE)).startsWith(file + " is damaged: ");
    }

    @Test
    void aRowThatThisProgramDoesNotWriteIsNamed() throws Exception {
        try (Shell shell = new Shell(folder)) {
            shell.execute("UPDATE record SET content = x'00' WHERE key = 'k7'");
        }
        assertThat(refusedUnchanged(ErrorCode.UNAVAILABLE))
                .startsWith(
                        file
                                + " is damaged: the record \"k7\" of the store kvStore of install/1 is encrypted, but should not be.");
    }

    private static final class Ignored implements DurableStorage.Loader {

        @Override
        public void partition(Partition partition, long lastVersion) {}

        @Override
        public void record(RecordName name, StoredRecord record) {}
    }
}
