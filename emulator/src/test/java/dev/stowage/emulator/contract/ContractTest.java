package dev.stowage.emulator.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.Install;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.Storage;
import dev.stowage.storage.StorageException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** One emulator per class; one app with one install and a frozen clock per test; each test runs with every entry point. */
@ParameterizedClass
@EnumSource(AccessPath.class)
@SuppressWarnings("NullAway.Init")
abstract class ContractTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    static Emulator emulator;

    @Parameter
    AccessPath path;

    Install install;
    Storage storage;
    KeyValueStore kv;

    @BeforeAll
    static void start() {
        emulator = Emulator.start();
    }

    @AfterAll
    static void stop() {
        emulator.close();
    }

    @BeforeEach
    void installAnApp() {
        install = emulator.app("app-" + UUID.randomUUID()).install();
        emulator.app(install.appId()).clock().set(START);
        storage = open(install);
        kv = storage.kvStore();
    }

    Storage open(Install which) {
        return path.open(emulator, which);
    }

    void advance(long seconds) {
        emulator.app(install.appId()).clock().advance(Duration.ofSeconds(seconds));
    }

    /** Asserts that the call is refused with this code and that the record did not change (ERR-1). */
    StorageException refused(ErrorCode code, String key, ThrowingCallable call) {
        Hash before = kv.get(key);
        long version = kv.snapshot(key).version();
        StorageException refusal = refused(code, call);
        assertThat(kv.get(key)).isEqualTo(before);
        assertThat(kv.snapshot(key).version()).isEqualTo(version);
        return refusal;
    }

    static StorageException refused(ErrorCode code, ThrowingCallable call) {
        StorageException refusal = catchThrowableOfType(StorageException.class, call);
        assertThat(refusal).as("a refusal with the code %s", code).isNotNull();
        assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(code);
        return refusal;
    }
}
