package dev.stowage.junit;

import dev.stowage.emulator.EmulatorConfig;
import dev.stowage.emulator.advice.AdviceScope;
import dev.stowage.emulator.record.DataDirectory;
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

/** Configures and builds a {@link StorageEmulator}. */
public final class StorageEmulatorBuilder {

    private final EmulatorConfig.Builder emulator = EmulatorConfig.builder();
    private boolean perClass;
    private Optional<String> initialData = Optional.empty();
    private Set<Object> knownValues = Set.of();
    private boolean watchesStaleValues = true;
    private AdviceMode advice = AdviceMode.OFF;
    private Set<String> adviceOff = Set.of();

    StorageEmulatorBuilder() {}

    /** Calls the emulator directly, without HTTP. No server is started, and no class of a server is loaded. Default: HTTP. */
    public StorageEmulatorBuilder inProcess() {
        emulator.servesHttp(false);
        return this;
    }

    /** Starts one emulator per test class. Default: one emulator for all tests of the run with an equal configuration. */
    public StorageEmulatorBuilder perClass() {
        perClass = true;
        return this;
    }

    /** What a reinstall finds in its stores (INST-7). Default: nothing ({@code WIPE}). */
    public StorageEmulatorBuilder reinstallPolicy(ReinstallPolicy policy) {
        emulator.reinstallPolicy(policy);
        return this;
    }

    /** The maximum size of a record, in bytes (VAL-8). Default: 409,600. */
    public StorageEmulatorBuilder maxRecordBytes(int bytes) {
        emulator.maxRecordBytes(bytes);
        return this;
    }

    /** Starts every test with a frozen clock at this instant. Default: the clock runs with the system's time. */
    public StorageEmulatorBuilder manualClock(Instant start) {
        emulator.manualClock(start);
        return this;
    }

    /** The number of operations that the journal holds, over all tests on the emulator. Default: 10,000. */
    public StorageEmulatorBuilder journalCapacity(int operations) {
        emulator.journalCapacity(operations);
        return this;
    }

    /** Loads initial data into every test's first install. Default: none.
     *
     * @param document in the format of {@code Install.exportWithSecrets()}
     */
    public StorageEmulatorBuilder seed(String document) {
        initialData = Optional.of(document);
        return this;
    }

    /**
     * Loads initial data into every test's first install, as {@link #seed(String)} does, from a UTF-8 file.
     *
     * @throws UncheckedIOException if it can't be read
     */
    public StorageEmulatorBuilder seed(Path file) {
        try {
            return seed(Files.readString(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(
                    "Cannot read the initial data from " + file.toAbsolutePath()
                            + ". Check that the file exists, is readable and is UTF-8.",
                    unreadable);
        }
    }

    /**
     * Supplies the store that holds the records. Default: in memory. Classes share an emulator only if they pass the same supplier
     * instance.
     */
    public StorageEmulatorBuilder backend(Supplier<? extends RecordStore> records) {
        emulator.backend(records);
        return this;
    }

    /**
     * Keeps the state in a store that several emulators share. Each test still gets its own app.
     *
     * @param url for example {@code postgresql://host:5432/database}. It requires {@code dev.stowage:stowage-postgresql-store} or {@code
     *     stowage-etcd-store} on the class path. Default: in memory
     */
    public StorageEmulatorBuilder store(String url) {
        emulator.store(url);
        return this;
    }

    /**
     * Keeps the state in a folder, with which the emulator starts, for example to look at it after the run. Each test still gets its
     * own app. It requires {@code dev.stowage:stowage-data-store} on the class path. Default: in memory.
     */
    public StorageEmulatorBuilder data(DataDirectory directory) {
        emulator.data(directory);
        return this;
    }

    /** Constants of the app (a region, a plan's name) that are never reported as stale. Default: none. */
    public StorageEmulatorBuilder knownValues(Object... values) {
        knownValues = Set.of(values);
        return this;
    }

    /** Turns off the detection of values that the app cached from an install that has ended. Default: on. */
    public StorageEmulatorBuilder ignoreStaleValues() {
        watchesStaleValues = false;
        return this;
    }

    /**
     * Looks at the app's operations for broken best practices of the storage. Default: off.
     *
     * @param off the ids of practices that are not looked at, {@code no-ttl}; for one key, {@code no-ttl:session}
     * @throws IllegalArgumentException if there is no such practice
     */
    public StorageEmulatorBuilder advice(AdviceMode mode, String... off) {
        adviceOff = Set.of(off);
        AdviceScope.allBut(adviceOff);
        advice = mode;
        return this;
    }

    /** @deprecated Use {@link #inProcess()}. */
    @Deprecated
    public StorageEmulatorBuilder direct() {
        return inProcess();
    }

    public StorageEmulator build() {
        return new StorageEmulator(new StorageEmulatorConfig(
                emulator.build(), perClass, initialData, knownValues, watchesStaleValues, advice, adviceOff));
    }
}
