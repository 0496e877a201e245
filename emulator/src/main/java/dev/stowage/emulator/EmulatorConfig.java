package dev.stowage.emulator;

import dev.stowage.emulator.operation.Limits;
import dev.stowage.emulator.record.InMemoryRecordStore;
import dev.stowage.emulator.record.RecordStore;
import dev.stowage.emulator.service.ReinstallPolicy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What can be chosen about an emulator. Immutable.
 *
 * @param servesHttp false for an emulator that is used in process alone: no server is started, none of its classes loaded
 * @param host the address to listen on; any but a loopback one needs an admin token
 * @param port the port to listen on; 0 picks a free one
 * @param adminToken what the control plane wants to be shown; nothing on a loopback address unless given
 * @param reinstallPolicy what becomes of data on a reinstall (INST-7)
 * @param maxRecordBytes the largest record (VAL-8)
 * @param systemTime the time that the clocks follow until they are set
 * @param journalCapacity how many operations the journal holds; 0 for no journal
 * @param manualClock where the emulator's clock stands still from the start; empty to follow the system's time
 * @param backend makes what keeps the records, one for each emulator; in memory unless told
 */
public record EmulatorConfig(
        boolean servesHttp,
        String host,
        int port,
        Optional<String> adminToken,
        ReinstallPolicy reinstallPolicy,
        int maxRecordBytes,
        InstantSource systemTime,
        int journalCapacity,
        Optional<Instant> manualClock,
        Supplier<? extends RecordStore> backend) {

    private static final Supplier<RecordStore> IN_MEMORY = InMemoryRecordStore::new;
    private static final int JOURNAL_CAPACITY = 10_000;

    /** HTTP on a free port of 127.0.0.1, the documented limits, the system's time. */
    public static EmulatorConfig defaults() {
        return new EmulatorConfig(
                true,
                "127.0.0.1",
                0,
                Optional.empty(),
                ReinstallPolicy.WIPE,
                Limits.DOCUMENTED.maxRecordBytes(),
                InstantSource.system(),
                JOURNAL_CAPACITY,
                Optional.empty(),
                IN_MEMORY);
    }

    /** As {@link #defaults()}, without HTTP. */
    public static EmulatorConfig inProcess() {
        return builder().servesHttp(false).build();
    }

    /** A builder that starts with the defaults. */
    public static Builder builder() {
        return defaults().toBuilder();
    }

    /** A builder that starts with these choices. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Builds an {@link EmulatorConfig}. */
    public static final class Builder {

        private boolean servesHttp;
        private String host;
        private int port;
        private Optional<String> adminToken;
        private ReinstallPolicy reinstallPolicy;
        private int maxRecordBytes;
        private InstantSource systemTime;
        private int journalCapacity;
        private Optional<Instant> manualClock;
        private Supplier<? extends RecordStore> backend;

        private Builder(EmulatorConfig config) {
            servesHttp = config.servesHttp;
            host = config.host;
            port = config.port;
            adminToken = config.adminToken;
            reinstallPolicy = config.reinstallPolicy;
            maxRecordBytes = config.maxRecordBytes;
            systemTime = config.systemTime;
            journalCapacity = config.journalCapacity;
            manualClock = config.manualClock;
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
                    reinstallPolicy,
                    maxRecordBytes,
                    systemTime,
                    journalCapacity,
                    manualClock,
                    backend);
        }
    }
}
