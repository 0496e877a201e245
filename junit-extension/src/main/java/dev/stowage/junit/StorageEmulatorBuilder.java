package dev.stowage.junit;

import dev.stowage.emulator.EmulatorConfig;
import dev.stowage.emulator.record.RecordStore;
import dev.stowage.emulator.service.ReinstallPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Builds a {@link StorageEmulator}. */
public final class StorageEmulatorBuilder {

    private final EmulatorConfig.Builder emulator = EmulatorConfig.builder();
    private boolean perClass;
    private Optional<String> seedDocument = Optional.empty();
    private Set<Object> knownValues = Set.of();
    private boolean watchesStaleValues = true;

    StorageEmulatorBuilder() {}

    /** Operations go straight to the emulator, without HTTP; no server is started and none of its classes loaded. */
    public StorageEmulatorBuilder inProcess() {
        emulator.servesHttp(false);
        return this;
    }

    /** An emulator for each class, in place of one that all tests of the run share (with those who are told the same). */
    public StorageEmulatorBuilder perClass() {
        perClass = true;
        return this;
    }

    /** What a reinstall finds in its stores (INST-7); nothing unless told. */
    public StorageEmulatorBuilder reinstallPolicy(ReinstallPolicy policy) {
        emulator.reinstallPolicy(policy);
        return this;
    }

    /** The largest record, in bytes (VAL-8); 409,600 unless told. */
    public StorageEmulatorBuilder maxRecordBytes(int bytes) {
        emulator.maxRecordBytes(bytes);
        return this;
    }

    /** Where every test's time stands still when it begins; the system's time goes by unless told. */
    public StorageEmulatorBuilder manualClock(Instant start) {
        emulator.manualClock(start);
        return this;
    }

    /** How many operations the journal holds, of all tests on that emulator; 10,000 unless told. */
    public StorageEmulatorBuilder journalCapacity(int operations) {
        emulator.journalCapacity(operations);
        return this;
    }

    /** A document, as {@code Install.exportWithSecrets()} writes it, that is loaded into every test's first install. */
    public StorageEmulatorBuilder seed(String document) {
        seedDocument = Optional.of(document);
        return this;
    }

    /**
     * As {@link #seed(String)}, from a file in UTF-8.
     *
     * @throws UncheckedIOException if it can't be read
     */
    public StorageEmulatorBuilder seed(Path file) {
        try {
            return seed(Files.readString(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(
                    "The seed document " + file.toAbsolutePath() + " can't be read.", unreadable);
        }
    }

    /** What keeps the records; in memory unless told. Give the same supplier wherever the emulator is to be shared. */
    public StorageEmulatorBuilder backend(Supplier<? extends RecordStore> records) {
        emulator.backend(records);
        return this;
    }

    /** Constants of the app (a region, a plan's name): never stale, though an old install held them, too. */
    public StorageEmulatorBuilder knownValues(Object... values) {
        knownValues = Set.of(values);
        return this;
    }

    /** Lets values pass that the app has kept from an install that is over. */
    public StorageEmulatorBuilder ignoreStaleValues() {
        watchesStaleValues = false;
        return this;
    }

    /** @deprecated Use {@link #inProcess()}. */
    @Deprecated
    public StorageEmulatorBuilder direct() {
        return inProcess();
    }

    public StorageEmulator build() {
        return new StorageEmulator(
                new StorageEmulatorConfig(emulator.build(), perClass, seedDocument, knownValues, watchesStaleValues));
    }
}
