package dev.stowage.emulator;

import dev.stowage.emulator.operation.Limits;
import dev.stowage.emulator.record.DataDirectory;
import dev.stowage.emulator.record.InMemoryRecordStore;
import dev.stowage.emulator.record.RecordStore;
import dev.stowage.emulator.record.RecordStoreProvider;
import dev.stowage.emulator.service.ReinstallPolicy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The configuration of an emulator. Immutable.
 *
 * @param servesHttp whether to start an HTTP server (default: true). With false, no class of the server is loaded
 * @param host the address to listen on (default: {@code 127.0.0.1}). An address other than a loopback address requires an
 *     admin token
 * @param port the port to listen on (default: 0, a free port)
 * @param adminToken the token that requests to the control plane must send as a bearer token (default: none)
 * @param allowedHosts further host names that requests to the control plane may have in their {@code Host} header, such as the
 *     name of a container (default: none)
 * @param reinstallPolicy what a reinstall does with the data (INST-7; default: {@code WIPE})
 * @param maxRecordBytes the maximum size of a record in bytes (VAL-8; default: 409,600)
 * @param systemTime the time that clocks follow until they are set (default: the system clock)
 * @param journalCapacity how many operations the journal keeps (default: 10,000); 0 turns the journal off
 * @param manualClock the time at which the emulator's clock is frozen at the start; empty to follow {@code systemTime} (default)
 * @param data the folder in which the emulator keeps its state; empty to keep it in memory only (default). It requires {@code
 *     dev.stowage:stowage-data-store} on the class path
 * @param backend creates the record store of an emulator without {@code data} (default: in memory)
 */
public record EmulatorConfig(
        boolean servesHttp,
        String host,
        int port,
        Optional<String> adminToken,
        Set<String> allowedHosts,
        ReinstallPolicy reinstallPolicy,
        int maxRecordBytes,
        InstantSource systemTime,
        int journalCapacity,
        Optional<Instant> manualClock,
        Optional<DataDirectory> data,
        Supplier<? extends RecordStore> backend) {

    /** Configurations with the same URL are equal. The URL may contain a password, so it is not shown. */
    private record SharedStore(String url) implements Supplier<RecordStore> {

        @Override
        public RecordStore get() {
            return RecordStoreProvider.openWithProvider(url);
        }

        @Override
        public String toString() {
            return "a shared store";
        }
    }

    private static final Supplier<RecordStore> IN_MEMORY = InMemoryRecordStore::new;
    private static final int JOURNAL_CAPACITY = 10_000;

    /** The defaults: HTTP on a free port of 127.0.0.1, the limits of CONTRACT.md, the system clock. */
    public static EmulatorConfig defaults() {
        return new EmulatorConfig(
                true,
                "127.0.0.1",
                0,
                Optional.empty(),
                Set.of(),
                ReinstallPolicy.WIPE,
                Limits.DOCUMENTED.maxRecordBytes(),
                InstantSource.system(),
                JOURNAL_CAPACITY,
                Optional.empty(),
                Optional.empty(),
                IN_MEMORY);
    }

    /** The defaults without HTTP. */
    public static EmulatorConfig inProcess() {
        return builder().servesHttp(false).build();
    }

    /** Returns a builder that starts with the defaults. */
    public static Builder builder() {
        return defaults().toBuilder();
    }

    /** Whether an emulator with this configuration may start with what others have stored: with a folder or a shared store. */
    public boolean startsWithData() {
        return data.isPresent() || backend instanceof SharedStore;
    }

    /** Returns a builder that starts with this configuration. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Builds an {@link EmulatorConfig}. */
    public static final class Builder {

        private boolean servesHttp;
        private String host;
        private int port;
        private Optional<String> adminToken;
        private Set<String> allowedHosts;
        private ReinstallPolicy reinstallPolicy;
        private int maxRecordBytes;
        private InstantSource systemTime;
        private int journalCapacity;
        private Optional<Instant> manualClock;
        private Optional<DataDirectory> data;
        private Supplier<? extends RecordStore> backend;

        private Builder(EmulatorConfig config) {
            servesHttp = config.servesHttp;
            host = config.host;
            port = config.port;
            adminToken = config.adminToken;
            allowedHosts = config.allowedHosts;
            reinstallPolicy = config.reinstallPolicy;
            maxRecordBytes = config.maxRecordBytes;
            systemTime = config.systemTime;
            journalCapacity = config.journalCapacity;
            manualClock = config.manualClock;
            data = config.data;
            backend = config.backend;
        }

        public Builder servesHttp(boolean serves) {
            servesHttp = serves;
            return this;
        }

        public Builder host(String address) {
            host = address;
            return this;
        }

        public Builder port(int number) {
            port = number;
            return this;
        }

        public Builder adminToken(String token) {
            adminToken = Optional.of(token);
            return this;
        }

        public Builder allowedHosts(Set<String> names) {
            allowedHosts = Set.copyOf(names);
            return this;
        }

        public Builder reinstallPolicy(ReinstallPolicy policy) {
            reinstallPolicy = policy;
            return this;
        }

        public Builder maxRecordBytes(int bytes) {
            maxRecordBytes = bytes;
            return this;
        }

        public Builder systemTime(InstantSource source) {
            systemTime = source;
            return this;
        }

        public Builder journalCapacity(int operations) {
            journalCapacity = operations;
            return this;
        }

        public Builder manualClock(Instant start) {
            manualClock = Optional.of(start);
            return this;
        }

        public Builder data(DataDirectory directory) {
            data = Optional.of(directory);
            return this;
        }

        /**
         * Keeps the state in a store that several emulators share.
         *
         * @param url for example {@code postgresql://host:5432/database}. Its provider must be on the class path: {@code
         *     dev.stowage:stowage-postgresql-store} or {@code stowage-etcd-store}
         */
        public Builder store(String url) {
            return backend(new SharedStore(url));
        }

        public Builder backend(Supplier<? extends RecordStore> records) {
            backend = records;
            return this;
        }

        public EmulatorConfig build() {
            return new EmulatorConfig(
                    servesHttp,
                    host,
                    port,
                    adminToken,
                    allowedHosts,
                    reinstallPolicy,
                    maxRecordBytes,
                    systemTime,
                    journalCapacity,
                    manualClock,
                    data,
                    backend);
        }
    }
}
