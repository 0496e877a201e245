package dev.stowage.data;

import static dev.stowage.data.Storages.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.emulator.record.RecordName;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is there after the process ended in the middle of its work. */
class CrashTest {

    private static final int RECORDS = 50;

    @TempDir
    private Path parent;

    private Path folder;
    private Path log;

    /** Everything that was written is in the log then, each record in its transaction. */
    @BeforeEach
    void crash() throws Exception {
        folder = parent.resolve("data");
        log = folder.resolve("stowage.db-wal");
        ChildProcess.run("crash", folder, Integer.toString(RECORDS));
        assertThat(log).isNotEmptyFile();
    }

    @Test
    void everythingThatWasWrittenIsThere() {
        assertThatTheFirstRecordsAreThere(folder, RECORDS, RECORDS);
        // Once more, after the log was written into the database.
        assertThat(log).doesNotExist();
        assertThatTheFirstRecordsAreThere(folder, RECORDS, RECORDS);
    }

    @Test
    void aTornLogLosesTheLastTransactionsOnly() throws Exception {
        byte[] whole = Files.readAllBytes(log);
        Random random = new Random(1);
        for (int torn : List.of(1, 100, 4_096, 4_120, 10_000, whole.length / 2)) {
            Path copy = parent.resolve("torn" + torn);
            copyTo(copy);
            try (RandomAccessFile bytes =
                    new RandomAccessFile(copy.resolve("stowage.db-wal").toFile(), "rw")) {
                bytes.setLength(whole.length - torn);
            }
            checkTorn(copy, torn, whole.length);

            Path garbled = parent.resolve("garbled" + torn);
            copyTo(garbled);
            byte[] garbage = new byte[torn];
            random.nextBytes(garbage);
            try (RandomAccessFile bytes =
                    new RandomAccessFile(garbled.resolve("stowage.db-wal").toFile(), "rw")) {
                bytes.seek(whole.length - torn);
                bytes.write(garbage);
            }
            checkTorn(garbled, torn, whole.length);
        }
    }

    private void checkTorn(Path copy, int torn, int length) {
        // A transaction writes at most 4 pages here, each with a header of 24 bytes.
        int lostAtMost = torn / 4_120 + 1;
        assertThat(lostAtMost).isLessThan(length / 4_120);
        assertThatTheFirstRecordsAreThere(copy, Math.max(RECORDS - lostAtMost, 0), RECORDS - 1);
    }

    private void copyTo(Path copy) throws Exception {
        Files.createDirectory(copy, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        for (String name : List.of("stowage.db", "stowage.db-wal")) {
            Files.copy(folder.resolve(name), copy.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    private void assertThatTheFirstRecordsAreThere(Path data, int atLeast, int atMost) {
        Contents contents = read(data);
        int found = contents.records().size();
        assertThat(found).isBetween(atLeast, atMost);
        List<RecordName> first = new ArrayList<>(IntStream.range(0, found)
                .mapToObj(i -> new RecordName(Storages.NOTES, "k" + i))
                .toList());
        assertThat(contents.records()).containsOnlyKeys(first);
        assertThat(contents.lastVersions()).containsEntry(Storages.NOTES, (long) found);
    }
}
