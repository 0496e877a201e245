package dev.stowage.console.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.emulator.App;
import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.EmulatorConfig;
import dev.stowage.emulator.Install;
import dev.stowage.emulator.call.CallMatch;
import dev.stowage.emulator.fault.Fault;
import dev.stowage.emulator.fault.FaultRule;
import dev.stowage.storage.Hash;
import dev.stowage.storage.Storage;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.client.TransportStorage;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which requests have lost another client's write. */
class LostWritesTest {

    private Emulator emulator;
    private App app;
    private Storage ann;
    private Storage bob;

    @BeforeEach
    void start() {
        emulator = Emulator.start(EmulatorConfig.inProcess());
        app = emulator.app("app");
        Install install = app.install();
        ann = new TransportStorage(install.transport("ann"));
        bob = new TransportStorage(install.transport("bob"));
    }

    @AfterEach
    void stop() {
        emulator.close();
    }

    private Map<Long, String> lost() {
        return LostWrites.in(app.journal().entries());
    }

    @Test
    void aPutOverAWriteThatItsClientHasNotReadLosesIt() {
        ann.kvStore().get("k");
        bob.kvStore().get("k");
        ann.kvStore().put("k", Hash.of("n", 1));
        bob.kvStore().put("k", Hash.of("n", 1));
        assertThat(lost()).containsOnlyKeys(4L);
        assertThat(lost().get(4L)).contains("request 3 made v1", "had read v0");
    }

    @Test
    void aDeleteLosesAWriteLikewise() {
        ann.kvStore().get("k");
        bob.kvStore().increment("k", "n");
        ann.kvStore().delete("k");
        assertThat(lost()).containsOnlyKeys(3L);
    }

    @Test
    void whoReadsAgainLosesNothing() {
        ann.kvStore().get("k");
        bob.kvStore().put("k", Hash.of("n", 1));
        ann.kvStore().get("k");
        ann.kvStore().put("k", Hash.of("n", 2));
        assertThat(lost()).isEmpty();
    }

    @Test
    void atomicOperationsAndUpdatersLoseNothing() {
        ann.kvStore().get("k");
        bob.kvStore().put("k", Hash.of("n", 1));
        ann.kvStore().increment("k", "n");
        ann.kvStore().patch("k", Hash.of("m", 1));
        bob.kvStore().patch("k", before -> before.with("n", 5));
        ann.kvStore().patch("k", before -> before.with("n", 6));
        assertThat(lost()).isEmpty();
    }

    @Test
    void itsOwnWritesAndOtherRecordsAreNotLost() {
        ann.kvStore().get("k");
        ann.kvStore().increment("k", "n");
        ann.kvStore().put("k", Hash.of("n", 2));
        bob.kvStore().put("other", Hash.of("n", 1));
        bob.settings().put("k", Hash.of("n", 1));
        ann.kvStore().put("k", Hash.of("n", 3));
        assertThat(lost()).isEmpty();
    }

    @Test
    void aPutWithoutAReadIsMeantToReplace() {
        bob.kvStore().put("k", Hash.of("n", 1));
        ann.kvStore().put("k", Hash.of("n", 2));
        assertThat(lost()).isEmpty();
    }

    @Test
    void aRefusedPutLosesNothing() {
        ann.kvStore().get("k");
        bob.kvStore().put("k", Hash.of("n", 1));
        app.faults().arm(FaultRule.once(CallMatch.any(), new Fault.Unavailable()));
        assertThatThrownBy(() -> ann.kvStore().put("k", Hash.of("n", 2))).isInstanceOf(StorageException.class);
        assertThat(lost()).isEmpty();
    }
}
