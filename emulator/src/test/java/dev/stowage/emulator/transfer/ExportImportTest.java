package dev.stowage.emulator.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.EmulatorConfig;
import dev.stowage.emulator.Install;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.NumberSet;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.StringSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportImportTest {

    private Emulator emulator;
    private Install install;

    @BeforeEach
    void start() {
        emulator = Emulator.start(EmulatorConfig.inProcess());
        emulator.clock().set(Instant.parse("2026-01-31T12:00:00Z"));
        install = emulator.install();
        install.storage().secrets().put("token", Hash.of("t", "hunter2secret"));
        install.storage().settings().put("$formState", Hash.of("color", "red"));
        install.storage()
                .kvStore()
                .put(
                        "b",
                        Hash.of(
                                "n",
                                NumberSet.of(2, 1),
                                "l",
                                Arrays.asList(1, null, "é😀"),
                                "x",
                                Hash.of("$numberSet", 1)),
                        Duration.ofSeconds(60));
        install.storage().kvStore().put("a", Hash.of("s", StringSet.of("z", "y")));
        install.storage().kvStore().put("gone", Hash.empty(), Duration.ofSeconds(5));
        install.storage().sharedKvStore().put("all", Hash.of("n", 1));
        emulator.clock().advance(Duration.ofSeconds(10));
    }

    @AfterEach
    void stop() {
        emulator.close();
    }

    @Test
    void anExportContainsEveryRecordSorted() {
        String document = install.exportWithSecrets();
        assertThat(document)
                .startsWith("{\n  \"format\" : \"stowage/1\"")
                .contains("\"ttl\" : 50")
                .doesNotContain("gone");
        assertThat(document.indexOf("\"a\"")).isLessThan(document.indexOf("\"b\""));
        assertThat(install.exportWithSecrets()).isEqualTo(document);
    }

    @Test
    void anExportCanBeLoaded() {
        String document = install.exportWithSecrets();
        Install other = emulator.app("another").install();
        other.storage().kvStore().put("was here", Hash.empty());
        other.load(document);
        assertThat(other.exportWithSecrets()).isEqualTo(document);
        assertThat(other.storage().kvStore().get("b"))
                .isEqualTo(install.storage().kvStore().get("b"));
        assertThat(other.storage().kvStore().snapshot("b").ttl()).contains(Duration.ofSeconds(50));
        assertThat(other.storage().kvStore().exists("was here")).isFalse();
    }

    @Test
    void storesThatAreNotInTheDocumentDoNotChange() {
        install.load("{\"format\":\"stowage/1\",\"stores\":{\"settings\":{}}}");
        assertThat(install.storage().settings().exists("$formState")).isFalse();
        assertThat(install.storage().secrets().exists("token")).isTrue();
    }

    @Test
    void secretsAreMaskedByDefaultAndAMaskedDocumentIsRefused() {
        String masked = install.export();
        assertThat(masked).contains("\"masked\" : true", "token").doesNotContain("hunter2secret");
        assertThat(install.exportWithSecrets()).contains("hunter2secret");
        Install other = emulator.app("another").install();
        assertThatThrownBy(() -> other.load(masked))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("masked");
        assertThat(other.storage().kvStore().exists("a")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"format\":\"stowage/1\"}",
                "{\"stores\":{}}",
                "{\"format\":\"stowage/2\",\"stores\":{}}",
                "{\"format\":\"stowage/1\",\"stores\":[]}",
                "{\"format\":\"stowage/1\",\"stores\":{\"nope\":{}}}",
                "{\"format\":\"stowage/1\",\"stores\":{\"kvStore\":{\"k\":{}}}}",
                "{\"format\":\"stowage/1\",\"stores\":{\"kvStore\":{\"k\":{\"value\":[]}}}}",
                "{\"format\":\"stowage/1\",\"stores\":{\"kvStore\":{\"k\":{\"value\":{},\"tll\":5}}}}",
                "{\"format\":\"stowage/1\",\"stores\":{\"kvStore\":{\"k\":{\"value\":{},\"ttl\":-1}}}}",
                "{\"format\":\"stowage/1\",\"stores\":{\"kvStore\":{\"k\":{\"value\":{},\"ttl\":1e99}}}}",
                "{\"format\":\"stowage/1\",\"stores\":{\"kvStore\":{\"\":{\"value\":{}}}}}",
                "{\"format\":\"stowage/1\",\"stores\":{\"kvStore\":{\"k\":{\"value\":{}},\"k\":{\"value\":{}}}}}",
                "{\"format\":\"stowage/1\",\"stores\":{\"secrets\":{\"a b\":{\"value\":{}}}}}",
                "{\"format\":\"stowage/1\",\"stores\":{\"secrets\":{\"k\":{\"value\":{},\"ttl\":5}}}}",
                "{\"format\":\"stowage/1\",\"stores\":{\"settings\":{\"k\":{\"value\":{\"s\":{\"$stringSet\":[]}}}}}}",
                "{\"format\":\"stowage/1\",\"stores\":{\"kvStore\":{\"a\":{\"value\":{\"new\":1}},\"z\":{\"value\":{\"x\":NaN}}}}}"
            })
    void badDocumentsChangeNothing(String document) {
        String before = install.exportWithSecrets();
        assertThatThrownBy(() -> install.load(document)).isInstanceOf(StorageException.class);
        assertThat(install.exportWithSecrets()).isEqualTo(before);
    }

    @Test
    void aTruncatedDocumentChangesNothing() {
        String document = install.exportWithSecrets();
        Install other = emulator.app("another").install();
        for (int end = 0; end < document.length() - 1; end++) {
            String cut = document.substring(0, end);
            assertThatThrownBy(() -> other.load(cut)).as(cut).isInstanceOf(StorageException.class);
        }
        assertThat(other.storage().kvStore().exists("a")).isFalse();
    }

    @Test
    void anUninstalledInstallHasNothingToExport() {
        install.uninstall();
        assertThatThrownBy(install::export)
                .isInstanceOfSatisfying(
                        StorageException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INSTALL_REVOKED));
    }

    @Test
    void anExportOfAnAppCanBeLoaded() {
        emulator.app(install.appId()).install("second").storage().kvStore().put("k", Hash.of("n", 2));
        emulator.app(install.appId()).install("ended").uninstall();
        String document = emulator.app(install.appId()).exportWithSecrets();
        var other = emulator.app("another");
        other.install().storage().sharedKvStore().put("was here", Hash.empty());
        var made = other.load(document);
        assertThat(made).extracting(Install::trackerId).containsExactly(install.trackerId(), "second");
        assertThat(made.get(1).storage().kvStore().get("k")).isEqualTo(Hash.of("n", 2));
        assertThat(made.get(0).storage().sharedKvStore().exists("was here")).isFalse();
        assertThat(made.get(0).storage().sharedKvStore().get("all")).isEqualTo(Hash.of("n", 1));
        other.installs().get(0).uninstall();
        assertThat(other.exportWithSecrets()).isEqualTo(document);
        assertThat(other.export()).doesNotContain("hunter2secret");
        assertThatThrownBy(() -> other.load(other.export())).hasMessageContaining("masked");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"format\":\"stowage/1\",\"installs\":[],\"stores\":{}}",
                "{\"format\":\"stowage-app/1\",\"installs\":[]}",
                "{\"format\":\"stowage-app/1\",\"installs\":{},\"stores\":{}}",
                "{\"format\":\"stowage-app/1\",\"installs\":[{\"stores\":{}}],\"stores\":{}}",
                "{\"format\":\"stowage-app/1\",\"installs\":[{\"trackerId\":\"\",\"stores\":{}}],\"stores\":{}}",
                "{\"format\":\"stowage-app/1\",\"installs\":[{\"trackerId\":\"t\",\"stores\":{\"sharedKvStore\":{}}}],\"stores\":{}}",
                "{\"format\":\"stowage-app/1\",\"installs\":[],\"stores\":{\"kvStore\":{}}}",
                "{\"format\":\"stowage-app/1\",\"installs\":[{\"trackerId\":\"t\",\"stores\":{}},{\"trackerId\":\"u\",\"stores\":{\"secrets\":{\"a b\":{\"value\":{}}}}}],\"stores\":{}}"
            })
    void badAppDocumentsMakeNoInstall(String document) {
        var other = emulator.app("another");
        assertThatThrownBy(() -> other.load(document)).isInstanceOf(StorageException.class);
        assertThat(other.installs()).isEmpty();
    }
}
