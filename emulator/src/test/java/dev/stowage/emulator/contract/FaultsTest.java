package dev.stowage.emulator.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.emulator.Install;
import dev.stowage.emulator.call.CallMatch;
import dev.stowage.emulator.fault.ArmedFault;
import dev.stowage.emulator.fault.Fault;
import dev.stowage.emulator.fault.FaultRule;
import dev.stowage.emulator.fault.Faults;
import dev.stowage.emulator.journal.JournalEntry;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.NumberSet;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.StoreName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each fault through each entry point: what the app sees, and the record afterwards. */
class FaultsTest extends ContractTest {

    private static final CallMatch PUT = CallMatch.any().operation("put");
    private static final CallMatch GET = CallMatch.any().operation("get");

    private Faults faults;

    @BeforeEach
    void faults() {
        faults = emulator.app(install.appId()).faults();
    }

    /** Reads the record without triggering faults. */
    private Hash record(String key) {
        faults.disarmAll();
        return install.storage().kvStore().get(key);
    }

    private void fired(long times) {
        assertThat(faults.list()).extracting(ArmedFault::fired).containsExactly(times);
    }

    @Test
    void conflictChangesNothing() {
        kv.put("k", Hash.of("n", 1));
        faults.arm(PUT, new Fault.Conflict());
        long version = kv.snapshot("k").version();
        refused(ErrorCode.VERSION_CONFLICT, () -> kv.putIfVersion("k", Hash.of("n", 2), version));
        fired(1);
        assertThat(kv.putIfVersion("k", Hash.of("n", 3), version)).isGreaterThan(version);
        assertThat(record("k")).isEqualTo(Hash.of("n", 3));
    }

    @Test
    void raceCommitsTheOtherWriteFirst() {
        kv.put("k", Hash.of("n", 1));
        faults.arm(CallMatch.any().operation("increment"), new Fault.Race(Fault.Race.Write.put(Hash.of("n", 10))));
        assertThat(kv.increment("k", "n")).isEqualTo(11);
        fired(1);
        faults.disarmAll();
        faults.arm(CallMatch.any().operation("delete"), new Fault.Race(Fault.Race.Write.patch(Hash.of("m", 1))));
        assertThat(kv.delete("k")).isEqualTo(Hash.of("n", 11, "m", 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 20})
    @DisplayName("PATCH-3: an updater goes through conflicts and races, and every competing write is kept")
    void updaterThroughConflictsAndRaces(int times) {
        kv.put("k", Hash.of("n", 1));
        faults.arm(FaultRule.once(PUT, new Fault.Race(Fault.Race.Write.patch(Hash.of("theirs", 1))))
                .times(times));
        faults.arm(FaultRule.once(PUT, new Fault.Conflict()).after(times).times(times));
        AtomicInteger runs = new AtomicInteger();
        kv.patch("k", current -> current.with("mine", runs.incrementAndGet()));
        assertThat(runs).hasValue(2 * times + 1);
        assertThat(faults.list()).extracting(ArmedFault::fired).containsExactly((long) times, (long) times);
        assertThat(record("k")).isEqualTo(Hash.of("n", 1, "theirs", 1, "mine", 2 * times + 1));
    }

    @Test
    void aRefusedRacingWriteDoesNotAffectTheOperation() {
        Hash large = Hash.of("t", "x".repeat(300_000));
        kv.put("k", large);
        faults.arm(PUT, new Fault.Race(Fault.Race.Write.patch(Hash.of("u", "x".repeat(300_000)))));
        assertThat(kv.put("k", Hash.of("n", 1))).isEqualTo(large);
        fired(1);
        assertThat(record("k")).isEqualTo(Hash.of("n", 1));
        Fault tooLarge = new Fault.Race(Fault.Race.Write.put(Hash.of("t", "x".repeat(500_000))));
        refused(ErrorCode.INVALID_REQUEST, () -> faults.arm(PUT, tooLarge));
    }

    @Test
    void unavailableAndThrottledDoNothing() {
        faults.arm(PUT, new Fault.Unavailable());
        faults.arm(PUT, new Fault.Throttled());
        refused(ErrorCode.UNAVAILABLE, () -> kv.put("k", Hash.of("n", 1)));
        refused(ErrorCode.THROTTLED, () -> kv.put("k", Hash.of("n", 1)));
        assertThat(kv.exists("k")).isFalse();
        kv.put("k", Hash.of("n", 2));
        assertThat(record("k")).isEqualTo(Hash.of("n", 2));
    }

    @Test
    void aLostRequestIsNotCarriedOutAndALostResponseIs() {
        CallMatch increment = CallMatch.any().operation("increment");
        faults.arm(increment, new Fault.LostRequest());
        refused(ErrorCode.UNAVAILABLE, () -> kv.increment("k", "n"));
        assertThat(install.storage().kvStore().exists("k")).isFalse();
        faults.arm(increment, new Fault.LostResponse());
        refused(ErrorCode.UNAVAILABLE, () -> kv.increment("k", "n"));
        assertThat(record("k")).isEqualTo(Hash.of("n", 1));
    }

    @Test
    @DisplayName("PATCH-3: through a lost response, patching again applies the updater at least once")
    void patchIsAtLeastOnce() {
        faults.arm(PUT, new Fault.LostResponse());
        java.util.function.UnaryOperator<Hash> countUp =
                current -> Hash.of("n", current.has("n") ? current.getLong("n") + 1 : 1);
        refused(ErrorCode.UNAVAILABLE, () -> kv.patch("k", countUp));
        kv.patch("k", countUp);
        assertThat(record("k")).isEqualTo(Hash.of("n", 2));
    }

    @Test
    void anOperationWithAMalformedResponseIsCarriedOut() {
        faults.arm(PUT, new Fault.MalformedResponse());
        refused(ErrorCode.UNAVAILABLE, () -> kv.put("k", Hash.of("n", 1)));
        assertThat(record("k")).isEqualTo(Hash.of("n", 1));
    }

    @Test
    void aDelayedOperationIsCarriedOut() {
        faults.arm(PUT, new Fault.Delay(Duration.ofMillis(1)));
        kv.put("k", Hash.of("n", 1));
        fired(1);
        assertThat(record("k")).isEqualTo(Hash.of("n", 1));
    }

    @Test
    void aStaleReadReturnsThePreviousVersion() {
        kv.put("k", Hash.of("n", 1, "l", List.of("a")));
        kv.put("k", Hash.of("n", 2, "l", List.of("b")), Duration.ofSeconds(60));
        long version = kv.snapshot("k").version();
        faults.arm(
                FaultRule.once(CallMatch.any().key("k"), new Fault.StaleRead()).times(2));
        assertThat(kv.snapshot("k").value()).isEqualTo(Hash.of("n", 1, "l", List.of("a")));
        assertThat(kv.peek("k", "l").value()).isEqualTo("a");
        assertThat(kv.snapshot("k").version()).isEqualTo(version);
        kv.delete("k");
        faults.arm(GET, new Fault.StaleRead());
        assertThat(kv.get("k")).isEqualTo(Hash.of("n", 2, "l", List.of("b")));
        assertThat(kv.get("k")).isEqualTo(Hash.empty());
        kv.put("new", Hash.of("n", 1));
        faults.arm(GET.key("new"), new Fault.StaleRead());
        assertThat(kv.get("new")).isEqualTo(Hash.empty());
        assertThat(kv.get("new")).isEqualTo(Hash.of("n", 1));
    }

    @Test
    @DisplayName("TTL-2: expire runs a ttl out just before the operation, and passes over what has none")
    void expire() {
        kv.put("k", Hash.of("n", 5), Duration.ofSeconds(60));
        kv.put("forever", Hash.of("n", 5));
        faults.arm(CallMatch.any().operation("increment"), new Fault.Expire());
        assertThat(kv.increment("forever", "n")).isEqualTo(6);
        fired(0);
        assertThat(kv.increment("k", "n")).isEqualTo(1);
        fired(1);
        assertThat(install.storage().kvStore().snapshot("k").ttl()).isEmpty();
    }

    @Test
    @DisplayName(
            "INST-5: reinstall ends the install just before the operation, also between an updater's read and write")
    void reinstall() {
        kv.put("k", Hash.of("n", 1));
        faults.arm(PUT, new Fault.Reinstall());
        refused(ErrorCode.INSTALL_REVOKED, () -> kv.patch("k", current -> current.with("n", 2)));
        assertThat(install.isActive()).isFalse();
        List<Install> installs = emulator.app(install.appId()).installs();
        assertThat(installs).hasSize(2);
        Install again = installs.get(1);
        assertThat(again.trackerId()).isEqualTo(install.trackerId());
        assertThat(again.storage().kvStore().exists("k")).isFalse();
    }

    @Test
    void rulesMatchByEveryPartSkipAndCount() {
        Install other = emulator.app(install.appId()).install();
        KeyValueStore others = open(other).kvStore();
        faults.arm(new FaultRule(
                CallMatch.any()
                        .install(install.installId())
                        .store(StoreName.KV_STORE)
                        .operation("put")
                        .key("k"),
                1,
                2,
                new Fault.Unavailable()));
        others.put("k", Hash.empty());
        kv.put("other", Hash.empty());
        kv.get("k");
        storage.sharedKvStore().put("k", Hash.empty());
        kv.put("k", Hash.of("n", 1));
        refused(ErrorCode.UNAVAILABLE, () -> kv.put("k", Hash.of("n", 2)));
        refused(ErrorCode.UNAVAILABLE, () -> kv.put("k", Hash.of("n", 3)));
        kv.put("k", Hash.of("n", 4));
        assertThat(faults.list()).singleElement().satisfies(armed -> {
            assertThat(armed.matched()).isEqualTo(4);
            assertThat(armed.fired()).isEqualTo(2);
        });
        assertThat(record("k")).isEqualTo(Hash.of("n", 4));
    }

    @Test
    void faultsOfOneAppAreNotInjectedIntoAnother() {
        faults.arm(CallMatch.any(), new Fault.Unavailable());
        Install otherApp = emulator.app("other app of " + install.appId()).install();
        open(otherApp).kvStore().put("k", Hash.empty());
        assertThat(emulator.app(otherApp.appId()).faults().list()).isEmpty();
        fired(0);
        assertThatThrownBy(() -> emulator.app(otherApp.appId())
                        .faults()
                        .disarm(faults.list().get(0).faultId()))
                .isInstanceOf(StorageException.class);
    }

    @Test
    void theSameSeedInjectsTheSameFaults() {
        List<List<Boolean>> runs = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            faults.disarmAll();
            faults.chaos(42, 0.2, List.of(new Fault.Unavailable(), new Fault.Throttled()));
            List<Boolean> refused = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                try {
                    kv.increment("k", "n");
                    refused.add(false);
                } catch (StorageException refusal) {
                    refused.add(true);
                }
            }
            runs.add(refused);
        }
        assertThat(runs.get(0)).isEqualTo(runs.get(1));
        assertThat(runs.get(0).stream().filter(refused -> refused).count()).isBetween(40L, 100L);
        assertThatThrownBy(() -> faults.chaos(1, 0, List.of(new Fault.Unavailable())))
                .isInstanceOf(StorageException.class);
    }

    @Test
    void rulesThatCanNeverFireAreRefused() {
        Fault race = new Fault.Race(Fault.Race.Write.put(Hash.of("s", NumberSet.of(1))));
        for (FaultRule rule : List.of(
                FaultRule.once(GET, new Fault.Conflict()),
                FaultRule.once(CallMatch.any().operation("increment"), new Fault.Conflict()),
                FaultRule.once(GET, race),
                FaultRule.once(CallMatch.any().operation("hasNumber"), race),
                FaultRule.once(CallMatch.any().store(StoreName.SECRETS), race),
                FaultRule.once(PUT, new Fault.StaleRead()),
                FaultRule.once(CallMatch.any().store(StoreName.SETTINGS), new Fault.Expire()),
                FaultRule.once(CallMatch.any().operation("nope"), new Fault.Unavailable()),
                FaultRule.once(CallMatch.any().app("another"), new Fault.Unavailable()),
                FaultRule.once(PUT, new Fault.Delay(Duration.ofSeconds(-1))),
                FaultRule.once(PUT, new Fault.Delay(Duration.ofDays(1))),
                FaultRule.once(PUT, new Fault.Unavailable()).times(0),
                FaultRule.once(PUT, new Fault.Unavailable()).after(-1))) {
            refused(ErrorCode.INVALID_REQUEST, () -> faults.arm(rule));
        }
        assertThat(faults.list()).isEmpty();
    }

    @Test
    void theJournalRecordsInjectedFaults() {
        kv.put("k", Hash.of("n", 1));
        faults.arm(CallMatch.any().operation("increment"), new Fault.Race(Fault.Race.Write.put(Hash.of("n", 10))));
        kv.increment("k", "n");
        faults.arm(PUT, new Fault.Unavailable());
        refused(ErrorCode.UNAVAILABLE, () -> kv.put("k", Hash.of("n", 2)));
        refused(ErrorCode.WRONG_TYPE, () -> kv.append("k", "n", 1));
        storage.secrets().put("token", Hash.of("t", "a secret value"));
        kv.get("k");
        List<JournalEntry> entries = emulator.app(install.appId()).journal().entries();
        assertThat(entries)
                .extracting(entry -> entry.call().store() + "."
                        + entry.call().operation() + " "
                        + entry.outcome() + " "
                        + entry.versionBefore() + ">" + entry.versionAfter()
                        + entry.fault().map(kind -> " " + kind.wireName()).orElse(""))
                .containsExactly(
                        "kvStore.put ok 0>1",
                        "kvStore.put ok 1>2",
                        "kvStore.increment ok 2>3 race",
                        "kvStore.put unavailable 0>0 unavailable",
                        "kvStore.append wrong_type 3>3",
                        "secrets.put ok 0>1",
                        "kvStore.get ok 3>3");
        assertThat(entries).extracting(JournalEntry::sequence).isSorted().doesNotHaveDuplicates();
        assertThat(entries.get(0).at())
                .isEqualTo(emulator.app(install.appId()).clock().instant());
        assertThat(entries.get(0).call().installId()).hasValue(install.installId());
        assertThat(emulator.app(install.appId())
                        .journal()
                        .after(entries.get(4).sequence())
                        .entries())
                .hasSize(2);
    }
}
