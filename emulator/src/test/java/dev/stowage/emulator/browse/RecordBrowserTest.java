package dev.stowage.emulator.browse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.emulator.App;
import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.EmulatorConfig;
import dev.stowage.emulator.Install;
import dev.stowage.emulator.call.CallMatch;
import dev.stowage.emulator.fault.Fault;
import dev.stowage.emulator.fault.FaultRule;
import dev.stowage.emulator.fault.Faults;
import dev.stowage.emulator.gate.Hold;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.StoreName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a person sees of the stores. */
class RecordBrowserTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    private Emulator emulator;
    private App app;
    private Install install;
    private KeyValueStore kv;
    private RecordBrowser browser;

    @BeforeEach
    void start() {
        emulator = Emulator.start(
                EmulatorConfig.inProcess().toBuilder().manualClock(NOON).build());
        app = emulator.app("app");
        install = app.install();
        kv = install.storage().kvStore();
        browser = install.browse();
    }

    @AfterEach
    void stop() {
        emulator.close();
    }

    private static List<String> keys(RecordPage page) {
        return page.records().stream().map(BrowsedRecord::key).toList();
    }

    @Test
    void keysAreInOrderAndPagesFollowEachOther() {
        for (int i = 9; i >= 0; i--) {
            kv.put("order/" + i, Hash.of("n", i));
        }
        kv.put("other", Hash.of("n", 1));
        RecordPage first = browser.page(StoreName.KV_STORE, "order/", "", 4);
        assertThat(keys(first)).containsExactly("order/0", "order/1", "order/2", "order/3");
        assertThat(first.total()).isEqualTo(10);
        assertThat(first.hasMore()).isTrue();
        RecordPage last = browser.page(StoreName.KV_STORE, "order/", "order/7", 4);
        assertThat(keys(last)).containsExactly("order/8", "order/9");
        assertThat(last.total()).isEqualTo(10);
        assertThat(last.hasMore()).isFalse();
        assertThat(browser.page(StoreName.KV_STORE, "order/", "order/5", 4).hasMore())
                .isFalse();
        assertThat(browser.count(StoreName.KV_STORE)).isEqualTo(11);
    }

    @Test
    void aRecordHasItsVersionSizeAndRemainingTime() {
        kv.put("k", Hash.of("text", "ä"), Duration.ofSeconds(60));
        kv.put("k", Hash.of("text", "ö"), Duration.ofSeconds(90));
        BrowsedRecord record = browser.record(StoreName.KV_STORE, "k").orElseThrow();
        assertThat(record.value()).isEqualTo(Hash.of("text", "ö"));
        assertThat(record.version()).isEqualTo(2);
        // {"text":"ö"} has 13 bytes, "k" has 3.
        assertThat(record.bytes()).isEqualTo(16);
        assertThat(record.expiresAt()).hasValue(NOON.plusSeconds(90));
        assertThat(record.ttlSeconds()).hasValue(90);
        assertThat(browser.previous(StoreName.KV_STORE, "k").orElseThrow().value())
                .isEqualTo(Hash.of("text", "ä"));
    }

    @Test
    void expiredRecordsAreLeftOutAndTheNextExpiryIsTold() {
        kv.put("later", Hash.of("n", 1), Duration.ofHours(2));
        kv.put("soon", Hash.of("n", 1), Duration.ofHours(1));
        install.storage().sharedKvStore().put("shared", Hash.of("n", 1), Duration.ofMinutes(90));
        assertThat(browser.nextExpiry()).hasValue(NOON.plus(Duration.ofHours(1)));
        app.clock().set(NOON.plus(Duration.ofHours(1)).plusSeconds(1));
        assertThat(browser.record(StoreName.KV_STORE, "soon")).isEmpty();
        assertThat(keys(browser.page(StoreName.KV_STORE, "", "", 10))).containsExactly("later");
        assertThat(browser.nextExpiry()).hasValue(NOON.plus(Duration.ofMinutes(90)));
        app.clock().advance(Duration.ofHours(3));
        assertThat(browser.nextExpiry()).isEmpty();
        assertThat(browser.count(StoreName.KV_STORE)).isZero();
    }

    @Test
    void theLastVersionOfADeletedRecordIsRememberedAndNoneOfASecret() {
        kv.put("k", Hash.of("n", 1));
        kv.delete("k");
        assertThat(browser.record(StoreName.KV_STORE, "k")).isEmpty();
        assertThat(browser.previous(StoreName.KV_STORE, "k").orElseThrow().value())
                .isEqualTo(Hash.of("n", 1));
        install.storage().secrets().put("s", Hash.of("n", 1));
        install.storage().secrets().put("s", Hash.of("n", 2));
        assertThat(browser.previous(StoreName.SECRETS, "s")).isEmpty();
    }

    /** A person who looks does not take the app's faults, and does not wait at its gates. */
    @Test
    void lookingIsNoOperation() {
        kv.put("k", Hash.of("n", 1));
        long last = app.journal().last();
        app.faults().arm(FaultRule.once(CallMatch.any(), new Fault.Unavailable()));
        try (Hold hold = app.gate().hold(CallMatch.any(), Duration.ofSeconds(30))) {
            assertThat(browser.record(StoreName.KV_STORE, "k")).isPresent();
            assertThat(browser.page(StoreName.KV_STORE, "", "", 10).total()).isEqualTo(1);
            assertThat(hold.waiting()).isEmpty();
        }
        assertThat(app.journal().last()).isEqualTo(last);
        assertThat(app.faults().list())
                .singleElement()
                .satisfies(fault -> assertThat(fault.matched()).isZero());
    }

    @Test
    void anAppHasItsSharedStoreAndAnEndedInstallHasNothing() {
        install.storage().sharedKvStore().put("k", Hash.of("n", 1));
        assertThat(app.browse().stores()).containsExactly(StoreName.SHARED_KV_STORE);
        assertThat(app.browse().record(StoreName.SHARED_KV_STORE, "k")).isPresent();
        assertThatThrownBy(() -> app.browse().count(StoreName.SECRETS))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.NO_INSTALL_CONTEXT));
        install.uninstall();
        assertThatThrownBy(install::browse)
                .isInstanceOfSatisfying(
                        StorageException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INSTALL_REVOKED));
    }

    @Test
    void anEmulatorListsItsAppsAndFindsAnInstall() {
        emulator.app("another");
        assertThat(emulator.apps()).extracting(App::appId).containsExactly("another", "app");
        assertThat(emulator.findApp("app")).isPresent();
        assertThat(emulator.findApp("none")).isEmpty();
        assertThat(emulator.install(install.installId()).apiKey()).isEqualTo(install.apiKey());
        assertThatThrownBy(() -> emulator.install(99))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.NOT_FOUND));
    }

    @Test
    void theKindsOfFaultsThatAnOperationCanGet() {
        assertThat(Faults.kindsFor(CallMatch.any().store(StoreName.SECRETS).operation("get")))
                .contains(Fault.Kind.STALE_READ, Fault.Kind.UNAVAILABLE)
                .doesNotContain(Fault.Kind.CONFLICT, Fault.Kind.RACE, Fault.Kind.EXPIRE);
        assertThat(Faults.kindsFor(CallMatch.any().store(StoreName.KV_STORE).operation("put")))
                .contains(Fault.Kind.CONFLICT, Fault.Kind.RACE, Fault.Kind.EXPIRE)
                .doesNotContain(Fault.Kind.STALE_READ);
    }
}
