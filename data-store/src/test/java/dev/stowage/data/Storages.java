package dev.stowage.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stowage.emulator.record.DataDirectory;
import dev.stowage.emulator.record.DataKey;
import dev.stowage.emulator.record.Durability;
import dev.stowage.emulator.record.DurableStorage;
import dev.stowage.emulator.record.LogEntry;
import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.RecordContent;
import dev.stowage.emulator.record.RecordName;
import dev.stowage.emulator.record.StoredRecord;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.StorageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Opens storages for tests, and makes entries for them. */
final class Storages {

    static final Partition NOTES = new Partition("install/1", "kvStore");

    private Storages() {}

    static SqliteStorage open(Path folder) {
        return open(folder, Schema.CURRENT);
    }

    static SqliteStorage open(Path folder, Schema schema) {
        return SqliteStorage.open(new DataDirectory(folder, Durability.PROCESS, Optional.empty()), schema);
    }

    static SqliteStorage open(Path folder, DataKey key) {
        return SqliteStorage.open(new DataDirectory(folder, Durability.PROCESS, Optional.of(key)), Schema.CURRENT);
    }

    /** Opens a folder, returns what is in it, and closes it. */
    static Contents read(Path folder) {
        try (DurableStorage storage = open(folder)) {
            return Contents.of(storage);
        }
    }

    static LogEntry write(Partition partition, String key, long version, Hash content) {
        return write(partition, key, version, content, StoredRecord.NEVER);
    }

    static LogEntry write(Partition partition, String key, long version, Hash content, long expiresAt) {
        return new LogEntry.Changed(
                new RecordName(partition, key),
                new StoredRecord(RecordContent.of(content), version, expiresAt),
                version);
    }

    static LogEntry remove(Partition partition, String key, long lastVersion) {
        return new LogEntry.Changed(new RecordName(partition, key), null, lastVersion);
    }

    /** Entries for records {@code k0}, {@code k1}... with the versions 1, 2... */
    static List<LogEntry> writeMany(Partition partition, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> write(partition, "k" + i, i + 1, Hash.of("n", i)))
                .toList();
    }

    /** Checks that the call is refused; returns the message. */
    static String refusal(ErrorCode code, ThrowingCallable call) {
        StorageException refusal = catchThrowableOfType(StorageException.class, call);
        assertThat(refusal).isNotNull();
        assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(code);
        return refusal.getMessage();
    }

    /** The files of a closed folder and their bytes, in ISO 8859-1. Closing a file would release SQLite's locks on it. */
    static Map<String, String> bytes(Path folder) {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                files.put(
                        folder.relativize(file).toString(),
                        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        return files;
    }
}
