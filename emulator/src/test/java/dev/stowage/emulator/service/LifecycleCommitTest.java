package dev.stowage.emulator.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.emulator.App;
import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.EmulatorConfig;
import dev.stowage.emulator.Install;
import dev.stowage.emulator.record.InMemoryRecordStore;
import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.RecordedStorage;
import dev.stowage.emulator.record.Transaction;
import dev.stowage.storage.Hash;
import dev.stowage.storage.StorageException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** DUR-2: a crash at any moment leaves an install, its end, a reinstall, a reset and an import done wholly or not at all. */
class LifecycleCommitTest {

    private static final String DOCUMENT =
            "{\"format\":\"stowage/1\",\"stores\":{\"settings\":{\"a\":{\"value\":{\"n\":1}},\"b\":{\"value\":{\"n\":2}}}}}";

    private static final Map<String, Consumer<Emulator>> CALLS = Map.ofEntries(
            Map.entry("create an app", emulator -> emulator.app("new")),
            Map.entry("install", emulator -> emulator.app("shop").install("account")),
            Map.entry("uninstall", emulator -> first(emulator).uninstall()),
            Map.entry("fail the installation", emulator -> first(emulator).failInstallation()),
            Map.entry("reinstall", emulator -> first(emulator).reinstall()),
            Map.entry("upgrade", emulator -> first(emulator).upgrade()),
            Map.entry("reset an app", emulator -> emulator.app("shop").reset()),
            Map.entry("reset everything", Emulator::reset),
            Map.entry("import into an install", emulator -> first(emulator).load(DOCUMENT)),
            Map.entry(
                    "import an app",
                    emulator -> emulator.app("other").load(emulator.app("shop").exportWithSecrets())),
            Map.entry("freeze a clock", emulator -> emulator.app("shop").clock().freeze()),
            Map.entry(
                    "advance a clock",
                    emulator -> emulator.app("frozen").clock().advance(Duration.ofDays(1))));

    static Stream<String> calls() {
        return CALLS.keySet().stream().sorted();
    }

    private static Install first(Emulator emulator) {
        return emulator.app("shop").installs().get(0);
    }

    private static Emulator start(RecordedStorage storage, ReinstallPolicy policy) {
        return Emulator.start(EmulatorConfig.builder()
                .servesHttp(false)
                .reinstallPolicy(policy)
                .backend(() -> new InMemoryRecordStore(storage))
                .build());
    }

    private static void prepare(Emulator emulator) {
        App shop = emulator.app("shop");
        for (int i = 0; i < 3; i++) {
            Install install = shop.install();
            install.storage().secrets().put("token", Hash.of("value", "secret" + i));
            install.storage().kvStore().put("session", Hash.of("user", i), Duration.ofHours(1));
            install.storage().sharedKvStore().put("shared" + i, Hash.of("i", i));
        }
        emulator.app("frozen").clock().set(Instant.parse("2026-01-01T00:00:00Z"));
    }

    @ParameterizedTest
    @MethodSource("calls")
    @DisplayName("each call is one transaction of the durable storage")
    void isOneTransaction(String call) {
        RecordedStorage storage = new RecordedStorage();
        try (Emulator emulator = start(storage, ReinstallPolicy.WIPE)) {
            prepare(emulator);
            emulator.app("other");
            int before = storage.size();
            CALLS.get(call).accept(emulator);
            assertThat(storage.size() - before).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(ReinstallPolicy.class)
    @DisplayName(
            "after a crash between any two transactions, every install works or is revoked, and can be reinstalled and reset")
    void isConsistentAfterEveryTransaction(ReinstallPolicy policy) {
        RecordedStorage storage = new RecordedStorage();
        try (Emulator emulator = start(storage, policy)) {
            prepare(emulator);
            first(emulator).reinstall();
            emulator.app("shop").installs().get(1).uninstall();
            emulator.app("shop").install("account-2");
            emulator.app("shop").installs().get(2).failInstallation();
            emulator.app("other").load(emulator.app("shop").exportWithSecrets());
            emulator.app("shop").reset();
            emulator.reset();
        }
        for (int count = 0; count <= storage.size(); count++) {
            try (Emulator restarted = start(storage.after(count), policy)) {
                List<Install> installs = restarted.installs();
                installs.forEach(LifecycleCommitTest::check);
                installs.stream().filter(install -> install.isActive()).forEach(install -> check(install.reinstall()));
                Install added = restarted.app("shop").install();
                assertThat(installs).extracting(Install::apiKey).doesNotContain(added.apiKey());
                assertThat(installs).extracting(Install::installId).doesNotContain(added.installId());
                restarted.reset();
                assertThat(restarted.installs()).isEmpty();
            }
        }
    }

    private static void check(Install install) {
        if (install.isActive()) {
            install.storage().kvStore().put("check", Hash.of("done", true));
            assertThat(install.history()).isNotEmpty();
        } else {
            assertThatThrownBy(() -> install.storage().kvStore().get("check"))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("has ended");
        }
    }

    @Test
    @DisplayName(
            "DUR-1, DUR-3, DUR-4: records with their ttl, keys, revocations and frozen clocks are there after a restart")
    void lasts() {
        RecordedStorage storage = new RecordedStorage();
        String key;
        String revoked;
        try (Emulator emulator = start(storage, ReinstallPolicy.WIPE)) {
            prepare(emulator);
            Install install = emulator.app("frozen").install();
            install.storage().kvStore().put("session", Hash.of("user", 7), Duration.ofSeconds(10));
            key = install.apiKey();
            Install ended = emulator.app("shop").installs().get(1);
            ended.uninstall();
            revoked = ended.apiKey();
            emulator.app("shop").clock().freeze();
            emulator.app("shop").clock().resumeSystemTime();
        }
        try (Emulator restarted = start(storage.after(storage.size()), ReinstallPolicy.WIPE)) {
            App frozen = restarted.app("frozen");
            assertThat(frozen.clock().instant()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
            Install install = frozen.installs().get(0);
            assertThat(install.apiKey()).isEqualTo(key);
            assertThat(install.storage().kvStore().get("session").getLong("user"))
                    .isEqualTo(7);
            frozen.clock().advance(Duration.ofSeconds(11));
            assertThat(install.storage().kvStore().exists("session")).isFalse();
            Install ended = restarted.app("shop").installs().get(1);
            assertThat(ended.apiKey()).isEqualTo(revoked);
            check(ended);
            assertThat(restarted.app("shop").clock().mode()).hasToString("SYSTEM");
        }
    }

    @Test
    @DisplayName("a store that was written before there were guards gets them at the start, once")
    void addsMissingGuards() {
        InMemoryRecordStore records = new InMemoryRecordStore();
        EmulatorConfig config =
                EmulatorConfig.inProcess().toBuilder().backend(() -> records).build();
        Emulator before = Emulator.start(config);
        prepare(before);
        first(before).uninstall();
        Partition directory = new Partition("emulator", "directory");
        Transaction.execute(records, commit -> {
            for (String owner : List.of("install/1", "install/2", "install/3", "app/1", "app/2")) {
                commit.drop(Partition.guardOf(owner).partition());
            }
            commit.remove(directory, "guarded");
        });
        assertThatThrownBy(() ->
                        before.app("shop").installs().get(1).storage().kvStore().get("session"))
                .isInstanceOf(StorageException.class);

        try (Emulator restarted = Emulator.start(config)) {
            restarted.installs().forEach(LifecycleCommitTest::check);
            restarted.app("shop").storage().sharedKvStore().put("app", Hash.of("n", 1));
            assertThat(records.read(Partition.guardOf("install/1").partition(), ""))
                    .isNull();
            long version = records.read(directory, "guarded").version();
            Emulator again = Emulator.start(config);
            assertThat(records.read(directory, "guarded").version()).isEqualTo(version);
            again.installs().forEach(LifecycleCommitTest::check);
        }
    }
}
