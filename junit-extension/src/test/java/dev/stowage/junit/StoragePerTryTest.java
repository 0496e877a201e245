package dev.stowage.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.emulator.App;
import dev.stowage.emulator.Install;
import dev.stowage.storage.BaseStore;
import dev.stowage.storage.Hash;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.Storage;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;

/** The extension's parameters in jqwik properties. jqwik runs this class. */
@AddLifecycleHook(StoragePerTry.class)
class StoragePerTryTest {

    private static final Set<String> APPS = ConcurrentHashMap.newKeySet();

    @Property(tries = 50)
    void everyTryHasItsOwnInstall(@ForAll int n, Storage storage, App app) {
        assertThat(APPS.add(app.appId())).isTrue();
        assertThat(storage.kvStore().put("k", Hash.of("n", n))).isEqualTo(Hash.empty());
        assertThat(storage.kvStore().get("k")).isEqualTo(Hash.of("n", n));
    }

    @Example
    @Label("an example has its own install")
    void everyExampleHasItsOwnInstall(
            KeyValueStore kv,
            @Shared KeyValueStore shared,
            @Secrets BaseStore secrets,
            Install install,
            EmulatorUrl url) {
        secrets.put("k", Hash.of("n", 1));
        assertThat(install.storage().secrets().exists("k")).isTrue();
        assertThat(kv.exists("k")).isFalse();
        assertThat(shared.exists("k")).isFalse();
        assertThat(url.uri()).hasScheme("http");
    }

    @AfterContainer
    static void fiftyTriesFiftyApps() {
        assertThat(APPS).hasSize(50);
    }
}
