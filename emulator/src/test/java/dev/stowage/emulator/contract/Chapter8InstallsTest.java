package dev.stowage.emulator.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.emulator.Install;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.Storage;
import dev.stowage.storage.StorageException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class Chapter8InstallsTest extends ContractTest {

    private static void fill(Storage storage, String value) {
        storage.secrets().put("k", Hash.of("v", value));
        storage.settings().put("k", Hash.of("v", value));
        storage.kvStore().put("k", Hash.of("v", value));
    }

    private static void assertHolds(Storage storage, Hash expected) {
        assertThat(storage.secrets().get("k")).isEqualTo(expected);
        assertThat(storage.settings().get("k")).isEqualTo(expected);
        assertThat(storage.kvStore().get("k")).isEqualTo(expected);
    }

    @Test
    @DisplayName("INST-1: secrets, settings and kvStore are the install's alone, and are three stores")
    void partitioned() {
        fill(storage, "mine");
        Storage sibling = open(emulator.app(install.appId()).install());
        assertHolds(sibling, Hash.empty());
        fill(sibling, "theirs");
        assertHolds(storage, Hash.of("v", "mine"));
        storage.kvStore().delete("k");
        assertThat(storage.secrets().exists("k")).isTrue();
        assertThat(storage.sharedKvStore().exists("k")).isFalse();
    }

    @Test
    @DisplayName("INST-2: sharedKvStore is one per app, and another app sees nothing of it")
    void shared() {
        Storage sibling = open(emulator.app(install.appId()).install());
        storage.sharedKvStore().put("k", Hash.of("n", 1));
        assertThat(sibling.sharedKvStore().increment("k", "n")).isEqualTo(2);
        assertThat(storage.sharedKvStore().get("k")).isEqualTo(Hash.of("n", 2));
        Storage otherApp = open(emulator.app("another of " + install.appId()).install());
        assertThat(otherApp.sharedKvStore().exists("k")).isFalse();
    }

    @Test
    @DisplayName("INST-3: a global function reaches sharedKvStore alone")
    void globalFunction() {
        Storage global = path.openApp(emulator, install);
        storage.sharedKvStore().put("k", Hash.of("v", 1));
        assertThat(global.sharedKvStore().get("k")).isEqualTo(Hash.of("v", 1));
        refused(ErrorCode.NO_INSTALL_CONTEXT, () -> global.kvStore().get("k"));
        refused(ErrorCode.NO_INSTALL_CONTEXT, () -> global.secrets().put("k", Hash.empty()));
        refused(ErrorCode.NO_INSTALL_CONTEXT, () -> global.settings().exists("k"));
    }

    @Test
    @DisplayName("INST-4: an uninstall ends the key and leaves sharedKvStore alone")
    void uninstall() {
        fill(storage, "old");
        storage.sharedKvStore().put("k", Hash.of("v", 1));
        Install sibling = emulator.app(install.appId()).install();
        install.uninstall();
        assertThat(install.isActive()).isFalse();
        refused(ErrorCode.INSTALL_REVOKED, () -> storage.kvStore().get("k"));
        refused(ErrorCode.INSTALL_REVOKED, () -> storage.secrets().put("k", Hash.empty()));
        refused(ErrorCode.INSTALL_REVOKED, () -> storage.sharedKvStore().get("k"));
        assertThat(open(sibling).sharedKvStore().get("k")).isEqualTo(Hash.of("v", 1));
    }

    @Test
    @DisplayName("INST-5: a reinstall is a new install in the same account, with empty stores")
    void reinstall() {
        fill(storage, "old");
        storage.sharedKvStore().put("k", Hash.of("v", 1));
        Install again = install.reinstall();
        assertThat(again.installId()).isNotEqualTo(install.installId());
        assertThat(again.apiKey()).isNotEqualTo(install.apiKey());
        assertThat(again.trackerId()).isEqualTo(install.trackerId());
        assertThat(again.appId()).isEqualTo(install.appId());
        assertHolds(open(again), Hash.empty());
        assertThat(open(again).sharedKvStore().get("k")).isEqualTo(Hash.of("v", 1));
        refused(ErrorCode.INSTALL_REVOKED, () -> storage.kvStore().get("k"));
    }

    @Test
    @DisplayName("INST-6: an unknown key is unauthenticated, and tells nothing")
    void unknownKey() {
        Storage nobody = dev.stowage.storage.http.HttpStorage.connect(emulator.url(), "nobody's");
        StorageException known =
                refused(ErrorCode.UNAUTHENTICATED, () -> nobody.kvStore().get("k"));
        kv.put("k", Hash.of("v", 1));
        StorageException again =
                refused(ErrorCode.UNAUTHENTICATED, () -> nobody.kvStore().get("k"));
        assertThat(again).hasMessage(known.getMessage());
    }

    @Test
    @DisplayName("INST-4: keys are 27 letters and digits and =, and no two alike")
    void keys() {
        List<String> keys = java.util.stream.IntStream.range(0, 50)
                .mapToObj(i -> emulator.app(install.appId()).install().apiKey())
                .toList();
        assertThat(keys).doesNotHaveDuplicates().allMatch(key -> key.matches("[A-Za-z0-9]{27}="));
    }
}
