package dev.stowage.data;

import static dev.stowage.data.Storages.bytes;
import static dev.stowage.data.Storages.open;
import static dev.stowage.data.Storages.read;
import static dev.stowage.data.Storages.refusal;
import static dev.stowage.data.Storages.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.emulator.record.DataKey;
import dev.stowage.emulator.record.LogEntry;
import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.RecordName;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets that are encrypted on the disk. */
class SecretsTest {

    private static final DataKey KEY = key(1);
    private static final Partition SECRETS = new Partition("install/1", "secrets");
    private static final Partition NOTES = new Partition("install/1", "kvStore");
    private static final String PASSWORD = "correct horse battery staple";

    @TempDir
    private Path parent;

    private Path folder;

    @BeforeEach
    void chooseFolder() {
        folder = parent.resolve("data");
    }

    private static DataKey key(int firstByte) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) firstByte;
        return DataKey.parse(Base64.getEncoder().encodeToString(bytes));
    }

    /** Enough for several pages, with a text that is found in the bytes. */
    private static List<LogEntry> secrets(int firstVersion) {
        List<LogEntry> entries = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            entries.add(write(SECRETS, "k" + i, firstVersion + i, Hash.of("password", PASSWORD.repeat(i + 1))));
        }
        entries.add(write(NOTES, "public", 1, Hash.of("text", "not encrypted")));
        return entries;
    }

    private void writeSecrets() {
        try (SqliteStorage storage = open(folder, KEY)) {
            storage.write(secrets(1));
        }
    }

    private Contents readWithKey() {
        try (SqliteStorage storage = open(folder, KEY)) {
            return Contents.of(storage);
        }
    }

    private String refusalOfTheLoad() {
        return refusal(ErrorCode.UNAVAILABLE, this::readWithKey);
    }

    @Test
    void secretsAreReadWithTheKey() throws Exception {
        writeSecrets();
        Contents contents = readWithKey();
        assertThat(contents.records()).hasSize(51);
        assertThat(contents.records().get(new RecordName(SECRETS, "k0")).content())
                .isEqualTo(Hash.of("password", PASSWORD));
        try (Shell shell = new Shell(folder)) {
            assertThat(shell.query(
                            "SELECT count(*) || typeof(content) FROM record GROUP BY typeof(content) ORDER BY 1"))
                    .isEqualTo("1text");
        }
    }

    @Test
    void noFileContainsASecret() throws Exception {
        ChildProcess.run("secrets", folder, "unused");
        // The process was killed: the log is still there.
        assertThat(bytes(folder)).containsKey("stowage.db-wal");
        assertThat(bytes(folder).values()).noneMatch(content -> content.contains(PASSWORD));
        assertThat(bytes(folder).values()).anyMatch(content -> content.contains("not encrypted"));
        assertThat(readWithKey().records()).hasSize(51);
        assertThat(bytes(folder).values()).noneMatch(content -> content.contains(PASSWORD));
    }

    /** Run in a process of its own by {@link ChildProcess}. */
    static void writeAndCrash(Path folder) {
        open(folder, KEY).write(secrets(1));
        Runtime.getRuntime().halt(0);
    }

    @Test
    void plainSecretsAreEncryptedByTheFirstOpenWithAKey() throws Exception {
        try (SqliteStorage storage = open(folder)) {
            storage.write(secrets(1));
            storage.write(List.of(new LogEntry.Dropped(SECRETS)));
            storage.write(secrets(1));
            // Leaves texts in pages that are free now.
            storage.write(secrets(100));
        }
        Contents before = read(folder);
        assertThat(bytes(folder).values()).anyMatch(content -> content.contains(PASSWORD));

        open(folder, KEY).close();
        assertThat(bytes(folder).values()).noneMatch(content -> content.contains(PASSWORD));
        assertThat(readWithKey()).isEqualTo(before);
        try (SqliteStorage storage = open(folder, KEY)) {
            assertThat(storage.tidyUp()).isFalse();
        }
        assertThat(readWithKey()).isEqualTo(before);
    }

    @Test
    void thePlainTextsAreGoneWhenTheFolderIsOpen() throws Exception {
        ChildProcess.run("encrypt", folder, "unused");
        assertThat(bytes(folder)).containsKey("stowage.db-wal");
        assertThat(bytes(folder).values()).noneMatch(content -> content.contains(PASSWORD));
        assertThat(readWithKey().records()).hasSize(51);
    }

    /** Run in a process of its own by {@link ChildProcess}. */
    static void encryptAndCrash(Path folder) {
        try (SqliteStorage storage = open(folder)) {
            storage.write(secrets(1));
        }
        open(folder, KEY);
        Runtime.getRuntime().halt(0);
    }

    @Test
    void aWrongOrMissingKeyIsRefused() throws Exception {
        writeSecrets();
        var before = bytes(folder);
        assertThat(refusal(ErrorCode.INVALID_REQUEST, () -> open(folder, key(2))))
                .isEqualTo(
                        "The secrets in " + folder.toRealPath()
                                + " are encrypted with another key than the one that was given."
                                + " Give the key with which they were written. Without it they can't be read. Nothing was changed.");
        assertThat(refusal(ErrorCode.INVALID_REQUEST, () -> open(folder)))
                .isEqualTo("The secrets in " + folder.toRealPath() + " are encrypted, and no key was given."
                        + " Set STOWAGE_DATA_KEY to the key. Without it they can't be read. Nothing was changed.");
        assertThat(bytes(folder)).isEqualTo(before);
        assertThat(readWithKey().records()).hasSize(51);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // One bit of the encrypted text.
                "UPDATE record SET content = CAST(substr(content, 1, 30) || x'00' || substr(content, 32) AS BLOB) WHERE key = 'k7'",
                // An old value under a new version.
                "UPDATE record SET version = 900 WHERE key = 'k7'",
                // The value of another key.
                "UPDATE record SET content = (SELECT content FROM record WHERE key = 'k8') WHERE key = 'k7'",
                // An unknown key id, and too few bytes.
                "UPDATE record SET content = CAST(x'02' || substr(content, 2) AS BLOB) WHERE key = 'k7'",
                "UPDATE record SET content = x'01' WHERE key = 'k7'",
                "UPDATE record SET content = x'' WHERE key = 'k7'",
                "UPDATE record SET content = substr(content, 1, 20) WHERE key = 'k7'",
                // A secret of somebody else.
                "UPDATE partition SET owner = 'install/2' WHERE store = 'secrets'"
            })
    void aChangedRowIsRefused(String change) throws Exception {
        writeSecrets();
        try (Shell shell = new Shell(folder)) {
            shell.execute(change);
        }
        assertThat(refusalOfTheLoad())
                .contains("stowage.db is damaged: the record \"k")
                .contains("of the store secrets of install/")
                .contains("can't be decrypted: its row was changed after it was written")
                .doesNotContain(PASSWORD);
    }

    @Test
    void aPlainRowAmongEncryptedOnesIsRefused() throws Exception {
        writeSecrets();
        try (Shell shell = new Shell(folder)) {
            shell.execute("UPDATE record SET content = '{\"password\":\"mine\"}' WHERE key = 'k7'");
        }
        assertThat(refusalOfTheLoad())
                .contains("is not encrypted, but should be")
                .doesNotContain("mine");
    }

    @Test
    void theSameSecretIsNeverEncryptedToTheSameBytes() throws Exception {
        SecretsCipher cipher = new SecretsCipher(KEY);
        byte[] name = SecretsCipher.nameOf(SECRETS, "k", 1);
        assertThat(cipher.seal(new byte[10], name)).isNotEqualTo(cipher.seal(new byte[10], name));
        assertThat(SecretsCipher.nameOf(new Partition("a", "bc"), "d", 1))
                .isNotEqualTo(SecretsCipher.nameOf(new Partition("ab", "c"), "d", 1));
        assertThat(cipher.open(cipher.seal(new byte[0], name), name)).isEmpty();
    }
}
