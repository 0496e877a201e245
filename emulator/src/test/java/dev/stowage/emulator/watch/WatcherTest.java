package dev.stowage.emulator.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.emulator.App;
import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.EmulatorConfig;
import dev.stowage.emulator.Install;
import dev.stowage.emulator.call.Call;
import dev.stowage.emulator.call.CallMatch;
import dev.stowage.emulator.fault.Fault;
import dev.stowage.emulator.record.InMemoryRecordStore;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.client.TransportStorage;
import dev.stowage.storage.operation.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Watchers, clients in the journal, gates of one app, and configurable backends. */
class WatcherTest {

    private final Emulator emulator = Emulator.start(EmulatorConfig.inProcess());
    private final App app = emulator.app("watched");
    private final List<String> seen = new ArrayList<>();

    private final Watcher watcher = new Watcher() {
        @Override
        public void arrived(Call call) {
            seen.add("arrived " + call.operation().name());
        }

        @Override
        public void done(Call call, Supplier<Optional<Reply>> reply) {
            seen.add("done "
                    + reply.get().map(Reply::result).map(Object::toString).orElse("lost"));
        }

        @Override
        public void refused(Call call) {
            seen.add("refused");
        }

        @Override
        public void installed(long installId, String trackerId) {
            seen.add("installed in " + trackerId);
        }
    };

    @AfterEach
    void close() {
        emulator.close();
    }

    @Test
    void aWatcherSeesItsAppsOperationsWithValues() {
        app.watch(watcher);
        Install install = app.install("account");
        KeyValueStore kv = install.storage().kvStore();
        kv.put("k", Hash.of("a", 1));
        assertThatThrownBy(() -> kv.append("k", "a", 1)).isInstanceOf(StorageException.class);
        kv.get("k");
        emulator.app("another").install().storage().kvStore().get("k");
        assertThat(seen)
                .containsExactly(
                        "installed in account",
                        "arrived put",
                        "done {}",
                        "arrived append",
                        "refused",
                        "arrived get",
                        "done {a=1}");
        app.unwatch();
        kv.get("k");
        assertThat(seen).hasSize(7);
    }

    @Test
    void aWatcherSeesOperationsWhoseResponseIsLost() {
        KeyValueStore kv = app.install().storage().kvStore();
        app.watch(watcher);
        app.faults().arm(CallMatch.any(), new Fault.LostResponse());
        assertThatThrownBy(() -> kv.increment("k", "n")).isInstanceOf(StorageException.class);
        app.faults().arm(CallMatch.any(), new Fault.LostRequest());
        assertThatThrownBy(() -> kv.increment("k", "n")).isInstanceOf(StorageException.class);
        assertThat(seen).containsExactly("arrived increment", "done lost", "arrived increment", "refused");
        assertThat(kv.get("k")).isEqualTo(Hash.of("n", 1));
    }

    @Test
    void anExceptionOfAWatcherRefusesTheOperation() {
        KeyValueStore kv = app.install().storage().kvStore();
        app.watch(new Watcher() {
            @Override
            public void arrived(Call call) {
                throw new StorageException(ErrorCode.THROTTLED, "not now");
            }
        });
        assertThatThrownBy(() -> kv.put("k", Hash.empty())).hasMessage("not now");
        app.unwatch();
        assertThat(kv.exists("k")).isFalse();
    }

    @Test
    void currentReturnsTheLatestInstallOfTheAccount() {
        Install first = app.install();
        assertThat(first.current().installId()).isEqualTo(first.installId());
        Install second = first.reinstall();
        Install elsewhere = app.install();
        assertThat(first.current().installId()).isEqualTo(second.installId());
        second.uninstall();
        assertThat(first.current().installId()).isEqualTo(second.installId());
        Install third = app.install(first.trackerId());
        assertThat(first.current().installId()).isEqualTo(third.installId());
        assertThat(elsewhere.current().installId()).isEqualTo(elsewhere.installId());
        assertThat(app.installs()).extracting(Install::installId).containsExactly(1L, 2L, 3L, 4L);
        app.reset();
        assertThat(app.installs()).isEmpty();
    }

    @Test
    void theJournalShowsTheClientOfATransport() {
        Install install = app.install();
        new TransportStorage(install.transport("app")).kvStore().get("k");
        assertThat(app.journal().entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.call().client()).startsWith("app "));
    }

    @Test
    void openingTheGateOfOneAppClosesOnlyItsHolds() throws InterruptedException {
        KeyValueStore kv = app.install().storage().kvStore();
        var hold = app.gate().hold(CallMatch.any(), Duration.ofSeconds(30));
        Thread held = new Thread(() -> kv.increment("k", "n"));
        held.start();
        hold.awaitWaiting(1, Duration.ofSeconds(10));
        emulator.app("another").gate().open();
        assertThat(hold.waiting()).hasSize(1);
        app.gate().open();
        held.join();
        assertThat(kv.get("k")).isEqualTo(Hash.of("n", 1));
    }

    @Test
    void theBackendIsConfigurable() {
        AtomicInteger made = new AtomicInteger();
        EmulatorConfig config = EmulatorConfig.inProcess().toBuilder()
                .backend(() -> {
                    made.incrementAndGet();
                    return new InMemoryRecordStore();
                })
                .build();
        try (Emulator other = Emulator.start(config)) {
            assertThat(other.install().storage().kvStore().increment("k", "n")).isEqualTo(1);
        }
        assertThat(made).hasValue(1);
    }
}
