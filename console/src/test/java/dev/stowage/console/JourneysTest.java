package dev.stowage.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.emulator.Install;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.StringSet;
import dev.stowage.storage.client.TransportStorage;
import dev.stowage.storage.http.HttpStorage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person does in the console, from the page to the emulator and back. */
class JourneysTest extends BrowserTest {

    @Test
    void aRecordIsFoundAndChanged() {
        for (int i = 0; i < 60; i++) {
            kvStoreOfTheApp().put(String.format(Locale.ROOT, "order/%02d", i), Hash.of("number", i));
        }
        browser.open("/console/");
        browser.enter("Search", app.appId());
        browser.press("Search");
        browser.follow(app.appId());
        browser.follow(Long.toString(install.installId()));
        browser.follow("kvStore");
        browser.awaitText("60 records");
        assertThat(browser.text()).contains("order/49").doesNotContain("order/50");
        browser.follow("Next page");
        assertThat(browser.text()).contains("order/59").doesNotContain("order/49");
        browser.enter("Keys that begin with", "order/1");
        browser.awaitText("10 records");
        browser.follow("order/17");

        browser.enter("Record as JSON", "{\"number\": 18, \"tags\": {\"$stringSet\": [\"new\"]}}");
        browser.press("Put (replace)");
        browser.awaitText("string set (1)");
        assertThat(install.storage().kvStore().get("order/17"))
                .isEqualTo(Hash.of("number", 18, "tags", StringSet.of("new")));
        browser.unfold("Version ");
        assertThat(browser.text()).contains("number number 17");
    }

    @Test
    void aRefusalIsShownWhereItBelongsAndChangesNothing() {
        kvStoreOfTheApp().put("record", Hash.of("n", 1));
        browser.open(record("kvStore", "record"));
        browser.enter("Record as JSON", "{\"n\": ");
        browser.press("Put (replace)");
        browser.awaitText("is not JSON at line 1");
        assertThat(browser.valueOf("Record as JSON")).isEqualTo("{\"n\": ");

        browser.enter("Record as JSON", "{\"n\": 2}");
        kvStoreOfTheApp().put("record", Hash.of("n", 3));
        browser.press("Patch (merge)");
        browser.awaitText(ErrorCode.VERSION_CONFLICT.wireName());
        assertThat(install.storage().kvStore().get("record")).isEqualTo(Hash.of("n", 3));

        browser.awaitText("it is version 2 now");
        browser.press("Patch (merge)");
        browser.awaitText(ErrorCode.VERSION_CONFLICT.wireName());
        browser.run("document.querySelector('[name=onlyIfUnchanged]').click()");
        browser.press("Patch (merge)");
        browser.awaitText("number 2");
        assertThat(install.storage().kvStore().get("record")).isEqualTo(Hash.of("n", 2));
        browser.press("Delete");
        browser.accept();
        browser.awaitText("There is no such record");
        assertThat(install.storage().kvStore().exists("record")).isFalse();
    }

    @Test
    void aSecretIsMaskedUntilItIsAskedFor() {
        install.storage().secrets().put("token", Hash.of("value", "s3cret"));
        browser.open("/console/store?install=" + install.installId() + "&store=secrets");
        assertThat(browser.text()).contains("token", "••••••").doesNotContain("s3cret");
        browser.follow("token");
        assertThat(browser.text()).contains("The record is a secret").doesNotContain("s3cret");
        assertThat(browser.valueOf("Record as JSON")).doesNotContain("s3cret");
        browser.follow("Show this one");
        browser.awaitText("s3cret");
    }

    @Test
    void aRequestComesIn() {
        browser.open(ofApp("requests"));
        browser.awaitText("No request yet.");
        kvStoreOfTheApp().put("cart", Hash.of("n", 1));
        browser.awaitText("kvStore.put");
        browser.keepScreenshot("requests");
        browser.follow("Pause");
        kvStoreOfTheApp().delete("cart");
        browser.awaitText("paused");
        browser.follow("Live");
        browser.awaitText("kvStore.delete");
        browser.unfold("Filter");
        browser.choose("Operation", "put");
        browser.press("Filter");
        browser.awaitText("v0 → v1");
        assertThat(browser.text()).doesNotContain("kvStore.delete");
    }

    @Test
    void aFaultIsArmedFromARequestAndFires() {
        kvStoreOfTheApp().put("cart", Hash.of("n", 1));
        browser.open(ofApp("requests"));
        browser.run("document.querySelector('#rows tbody a').click()");
        browser.awaitText("storage.kvStore.put(\"cart\", {\"n\":1})");
        browser.choose("Fault", "unavailable");
        browser.press("Arm");
        browser.open(ofApp("controls"));
        browser.awaitText("0 of 1");
        assertThatThrownBy(() -> kvStoreOfTheApp().put("cart", Hash.of("n", 2))).isInstanceOf(StorageException.class);
        browser.awaitText("1 of 1");
        browser.press("Disarm");
        browser.awaitText("None. Arm one below");
        assertThat(app.faults().list()).isEmpty();
    }

    @Test
    void twoClientsMeetOnOneRecordAndAWriteIsLost() {
        kvStoreOfTheApp().put("visits", Hash.of("n", 0));
        browser.open(ofApp("controls"));
        browser.run("document.querySelector('#hold ~ form [name=operation]').value = 'put'");
        browser.press("Hold");
        browser.awaitText("No operation waits here.");
        ExecutorService clients = Executors.newFixedThreadPool(2);
        try {
            CompletableFuture<Void> ann = CompletableFuture.runAsync(() -> countByGetAndPut("ann"), clients);
            browser.awaitText("by ann");
            CompletableFuture<Void> bob = CompletableFuture.runAsync(() -> countByGetAndPut("bob"), clients);
            browser.awaitText("by bob");
            browser.press("Release");
            ann.join();
            browser.press("Release");
            bob.join();
        } finally {
            clients.shutdown();
        }
        browser.open(record("kvStore", "visits"));
        browser.awaitText("That write is lost.");
        assertThat(browser.text()).contains("ann", "bob", "v1 → v2", "v2 → v3");
        browser.keepScreenshot("lanes");
    }

    /** An app that counts with a get and a put; its two instances name themselves. */
    private void countByGetAndPut(String client) {
        KeyValueStore kv = new TransportStorage(install.transport(client)).kvStore();
        Long n = kv.get("visits").getLong("n");
        kv.put("visits", Hash.of("n", n == null ? 1 : n + 1));
    }

    @Test
    void timeIsMovedToJustAfterTheNextExpiry() {
        kvStoreOfTheApp().put("session", Hash.of("user", "ann"), Duration.ofHours(1));
        browser.open(ofApp("controls"));
        browser.press("Freeze");
        browser.awaitText("frozen");
        Instant frozen = app.clock().instant();
        browser.press("+1 s");
        browser.awaitText("frozen");
        assertThat(app.clock().instant()).isEqualTo(frozen.plusSeconds(1));
        browser.press("Just before the next expiry");
        browser.awaitText("frozen");
        assertThat(install.storage().kvStore().exists("session")).isTrue();
        browser.press("Just after the next expiry");
        browser.awaitText("frozen");
        assertThat(install.storage().kvStore().exists("session")).isFalse();
        browser.press("Follow the emulator's clock");
        browser.awaitText("running");
    }

    @Test
    void aReinstallShowsTheAppThatUsesTheOldKeyAndTheStaleValue() {
        KeyValueStore before = kvStoreOfTheApp();
        install.storage().secrets().put("utoken", Hash.of("token", "token-of-the-first-install"));
        browser.open("/console/install?install=" + install.installId());
        HttpStorage.connect(emulator.url(), install.apiKey()).secrets().get("utoken");
        browser.press("Reinstall");
        browser.accept();
        browser.awaitText("Install " + (install.installId() + 1));
        Install second = install.current();
        assertThat(second.installId()).isNotEqualTo(install.installId());
        assertThatThrownBy(() -> before.exists("k")).isInstanceOf(StorageException.class);
        browser.open("/console/install?install=" + install.installId());
        browser.awaitText("1 request used the key of this install after its end");
        HttpStorage.connect(emulator.url(), second.apiKey())
                .secrets()
                .put("utoken", Hash.of("token", "token-of-the-first-install"));
        browser.open(ofApp("advice"));
        browser.awaitText("stale-cache");
    }

    @Test
    void aPracticeIsBrokenAndTheAdviceSaysWhich() {
        browser.open(ofApp("requests"));
        for (int i = 0; i < 12; i++) {
            kvStoreOfTheApp().get("configuration");
        }
        browser.awaitText("repeated-read");
        browser.follow("What to do");
        browser.awaitText("keep it in a local variable");
        browser.keepScreenshot("advice");
    }

    @Test
    void anInstallIsExportedAndImported(@TempDir Path folder) throws Exception {
        kvStoreOfTheApp().put("k", Hash.of("n", 1));
        Path document = Files.writeString(folder.resolve("install.json"), install.exportWithSecrets());
        kvStoreOfTheApp().put("k", Hash.of("n", 2));
        browser.open("/console/install?install=" + install.installId());
        browser.upload(document);
        browser.awaitText("Imported.");
        assertThat(install.storage().kvStore().get("k")).isEqualTo(Hash.of("n", 1));
        kvStoreOfTheApp().put("k", Hash.of("n", 3));
        browser.open("/console/install?install=" + install.installId());
        browser.drop(Files.readString(document));
        browser.awaitText("Imported.");
        assertThat(install.storage().kvStore().get("k")).isEqualTo(Hash.of("n", 1));
        Path broken = Files.writeString(folder.resolve("broken.json"), "{\"kvStore\": 1}");
        browser.open("/console/install?install=" + install.installId());
        browser.upload(broken);
        browser.awaitText("Not imported: ");
    }

    @Test
    void anAppIsResetAfterAQuestion() {
        browser.open(ofApp("app"));
        browser.press("Reset the app");
        browser.accept();
        browser.awaitText("Install an app");
        assertThat(emulator.findApp(app.appId())).isEmpty();
    }
}
