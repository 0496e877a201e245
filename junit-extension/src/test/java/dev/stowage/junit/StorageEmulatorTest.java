package dev.stowage.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.emulator.App;
import dev.stowage.emulator.Install;
import dev.stowage.emulator.fault.Faults;
import dev.stowage.emulator.gate.Gate;
import dev.stowage.emulator.journal.Journal;
import dev.stowage.emulator.time.EmulatorClock;
import dev.stowage.storage.BaseStore;
import dev.stowage.storage.Hash;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.Storage;
import dev.stowage.storage.http.HttpStorage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of test gets its own app and install. These tests use the extension as its users do. */
@ExtendWith(StorageEmulator.class)
class StorageEmulatorTest {

    static final Set<String> APPS_SEEN = ConcurrentHashMap.newKeySet();

    /** Fails if another test had the app, or if it is not empty. */
    static void assertOwn(Storage storage, App app) {
        assertThat(APPS_SEEN.add(app.appId())).as("an app of its own: %s", app).isTrue();
        assertEmpty(storage);
    }

    static void assertEmpty(Storage storage) {
        assertThat(storage.kvStore().increment("runs", "n")).isEqualTo(1);
        assertThat(storage.sharedKvStore().increment("runs", "n")).isEqualTo(1);
    }

    @Test
    void aTestHasAnAppOfItsOwn(Storage storage, App app) {
        assertOwn(storage, app);
    }

    @Test
    void aSecondTestHasAnAppOfItsOwn(Storage storage, App app) {
        assertOwn(storage, app);
    }

    @RepeatedTest(3)
    void repeatedTestsHaveTheirOwnApp(Storage storage, App app) {
        assertOwn(storage, app);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "b", "c"})
    void parameterizedTestsHaveTheirOwnApp(String value, Storage storage, App app) {
        assertOwn(storage, app);
    }

    static Stream<Hash> values() {
        return Stream.of(Hash.empty(), Hash.of("a", 1));
    }

    @ParameterizedTest
    @MethodSource("values")
    void valuesOfTheApiCanBeArguments(Hash value, KeyValueStore kv) {
        kv.put("k", value);
        assertThat(kv.get("k")).isEqualTo(value);
    }

    @TestFactory
    Stream<DynamicTest> dynamicTestsHaveEmptyStores(
            Storage storage, Installs installs, EmulatorClock clock, Journal journal) {
        return IntStream.range(0, 3)
                .mapToObj(i -> DynamicTest.dynamicTest("dynamic " + i, () -> {
                    assertThat(clock.mode()).isEqualTo(EmulatorClock.Mode.SYSTEM);
                    clock.set(Instant.EPOCH);
                    assertEmpty(storage);
                    assertThat(journal.entries()).hasSize(2);
                    assertThat(installs.current().storage().kvStore().get("runs"))
                            .isEqualTo(Hash.of("n", 1));
                }));
    }

    @Test
    void parametersAreOfOneInstall(
            Storage storage,
            KeyValueStore kv,
            @Shared KeyValueStore shared,
            @Secrets BaseStore secrets,
            @Settings BaseStore settings,
            Install install,
            Installs installs,
            Gate gate,
            Seed seed,
            EmulatorUrl url) {
        kv.put("k", Hash.of("in", "kv"));
        shared.put("k", Hash.of("in", "shared"));
        secrets.put("k", Hash.of("in", "secrets"));
        settings.put("k", Hash.of("in", "settings"));
        for (Storage same : List.of(storage, install.storage(), HttpStorage.connect(url.uri(), install.apiKey()))) {
            assertThat(same.kvStore().get("k")).isEqualTo(Hash.of("in", "kv"));
            assertThat(same.sharedKvStore().get("k")).isEqualTo(Hash.of("in", "shared"));
            assertThat(same.secrets().get("k")).isEqualTo(Hash.of("in", "secrets"));
            assertThat(same.settings().get("k")).isEqualTo(Hash.of("in", "settings"));
        }
        assertThat(installs.current().installId()).isEqualTo(install.installId());
        assertThat(gate).isNotNull();
        assertThat(seed).isNotNull();
    }

    @Test
    void storageFollowsAReinstall(Storage storage, KeyValueStore kv, Install install, Installs installs) {
        kv.put("k", Hash.of("a", 1));
        storage.sharedKvStore().put("k", Hash.of("a", 1));
        install.reinstall();
        assertThat(kv.exists("k")).isFalse();
        assertThat(storage.kvStore().exists("k")).isFalse();
        assertThat(storage.sharedKvStore().exists("k")).isTrue();
        assertThat(installs.current().installId()).isNotEqualTo(install.installId());
    }

    @Test
    void anUpdaterThatSpansAReinstallStartsOver(Storage storage, Install install) {
        storage.kvStore().put("k", Hash.of("old", true));
        boolean[] reinstalled = new boolean[1];
        storage.kvStore().patch("k", current -> {
            if (!reinstalled[0]) {
                reinstalled[0] = true;
                install.reinstall().storage().kvStore().put("k", Hash.of("new", true));
            }
            return current.with("patched", true);
        });
        assertThat(storage.kvStore().get("k")).isEqualTo(Hash.of("new", true, "patched", true));
    }

    @Test
    void timeIsTheTestsOwn(KeyValueStore kv, EmulatorClock clock) {
        clock.freeze();
        kv.put("k", Hash.of("a", 1), Duration.ofSeconds(60));
        clock.advance(Duration.ofSeconds(62));
        assertThat(kv.exists("k")).isFalse();
    }

    @Test
    void faultsAndJournalAreTheTestsOwn(KeyValueStore kv, Faults faults, Journal journal) {
        assertThat(faults.list()).isEmpty();
        kv.get("k");
        assertThat(journal.entries()).hasSize(1);
    }

    @Test
    void thereAreMoreInstallsAndOtherApps(Storage storage, Installs installs) {
        Install other = installs.create();
        Storage theirs = installs.storageOf(other);
        storage.kvStore().put("k", Hash.of("a", 1));
        storage.sharedKvStore().put("k", Hash.of("a", 1));
        assertThat(theirs.kvStore().exists("k")).isFalse();
        assertThat(theirs.sharedKvStore().exists("k")).isTrue();
        assertThat(installs.createIn("account").trackerId()).isEqualTo("account");

        Install unrelated = installs.ofAnotherApp("unrelated");
        assertThat(installs.storageOf(unrelated).sharedKvStore().exists("k")).isFalse();
        assertThat(installs.otherApp("unrelated").appId()).isEqualTo(unrelated.appId());
        other.reinstall();
        theirs.kvStore().put("k", Hash.of("a", 2));
    }

    @Nested
    class InANestedClass {

        private String appOfBeforeEach = "";

        @BeforeEach
        void beforeEach(App app) {
            appOfBeforeEach = app.appId();
        }

        @Test
        void aTestHasAnAppOfItsOwn(Storage storage, App app) {
            assertOwn(storage, app);
            assertThat(app.appId()).isEqualTo(appOfBeforeEach);
        }

        @AfterEach
        void afterEach(App app, Storage storage) {
            assertThat(app.appId()).isEqualTo(appOfBeforeEach);
            assertThat(storage.kvStore().exists("runs")).isTrue();
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class WithOneInstanceForAllTests {

        @Test
        void aTestHasAnAppOfItsOwn(Storage storage, App app) {
            assertOwn(storage, app);
        }

        @Test
        void aSecondTestHasAnAppOfItsOwn(Storage storage, App app) {
            assertOwn(storage, app);
        }
    }

    @Nested
    class WithAConstructor {

        private final Storage storage;

        WithAConstructor(Storage storage) {
            this.storage = storage;
        }

        @Test
        void itsParametersBelongToTheTest(App app, Install install) {
            assertOwn(storage, app);
            assertThat(install.storage().kvStore().exists("runs")).isTrue();
        }

        @Test
        void theNextTestHasAnAppOfItsOwn(App app) {
            assertOwn(storage, app);
        }
    }

    /** Uses the builder. */
    static class Configured {

        @RegisterExtension
        static final StorageEmulator EMULATOR = StorageEmulator.builder()
                .inProcess()
                .perClass()
                .manualClock(Instant.parse("2026-01-31T12:00:00Z"))
                .maxRecordBytes(1_000)
                .seed(
                        "{\"format\": \"stowage/1\", \"stores\": {\"settings\": {\"account\": {\"value\": {\"region\": \"eu\"}}}}}")
                .build();

        @Test
        void usesTheConfiguredValues(Storage storage, EmulatorClock clock) {
            assertThat(clock.instant()).isEqualTo(Instant.parse("2026-01-31T12:00:00Z"));
            assertThat(storage.settings().get("account")).isEqualTo(Hash.of("region", "eu"));
            storage.settings().delete("account");
        }

        @Test
        void everyTestHasTheInitialData(@Settings BaseStore settings) {
            assertThat(settings.exists("account")).isTrue();
        }
    }

    @Test
    void theBuilderConfiguresIt() {
        EngineRun run = EngineRun.of(Configured.class);
        assertThat(run.failures()).isEmpty();
        assertThat(run.passed()).isEqualTo(2);
    }
}
