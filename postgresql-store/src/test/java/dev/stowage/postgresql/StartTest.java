package dev.stowage.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.emulator.record.RecordStore;
import dev.stowage.emulator.record.RecordStoreProvider;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a start refuses, and what it says. No message contains a credential. */
@Timeout(60)
class StartTest {

    private static final String SECRET = "hunter2";

    private static StorageException refusal(String url) {
        StorageException[] refusal = new StorageException[1];
        assertThatThrownBy(() -> RecordStoreProvider.openWithProvider(url).close())
                .isInstanceOfSatisfying(StorageException.class, problem -> refusal[0] = problem);
        StringWriter all = new StringWriter();
        refusal[0].printStackTrace(new PrintWriter(all));
        assertThat(all.toString()).doesNotContain(SECRET);
        return refusal[0];
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://",
                "postgresql:///db",
                "postgresql://host",
                "postgresql://u:hunter2@host/",
                "postgresql://u:hunter2@/db",
                "postgresql://u:hunter2%zz@host/db",
                "postgresql://host/db?password",
                "postgresql://host/db?=hunter2"
            })
    @DisplayName("a malformed URL is named as such")
    void malformed(String url) {
        assertThat(refusal(url).code()).isEqualTo(ErrorCode.INVALID_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mysql://u:hunter2@host/db", "hunter2", "://hunter2"})
    @DisplayName("another scheme is refused, and the artifact is named")
    void otherScheme(String url) {
        assertThat(refusal(url).code()).isEqualTo(ErrorCode.INVALID_REQUEST);
    }

    @Test
    @DisplayName("a user or password that the server refuses, and a database that does not exist, are invalid_request")
    void credentials() {
        String url = Postgres.newDatabase();
        StorageException noUser = refusal(url.replace("postgres:postgres@", "nobody:" + SECRET + "@"));
        assertThat(noUser.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
        StorageException noDatabase = refusal(url.replaceFirst("[^/]+$", "absent"));
        assertThat(noDatabase.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(noDatabase).hasMessageContaining("absent").hasMessageContaining("does not exist");
    }

    @Test
    @DisplayName("a server that can't be reached is unavailable, within seconds")
    void unreachable() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        StorageException refused = refusal("postgresql://u:" + SECRET + "@127.0.0.1:" + port + "/db");
        assertThat(refused.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(refused).hasMessageContaining("127.0.0.1:" + port);
    }

    @Test
    @DisplayName("a database that acknowledges writes before they are durable is refused")
    void synchronousCommit() {
        String url = Postgres.newDatabase();
        String name = url.substring(url.lastIndexOf('/') + 1);
        Postgres.execute("ALTER DATABASE " + name + " SET synchronous_commit = off");
        assertThat(refusal(url)).hasMessageContaining("synchronous_commit");
        Postgres.execute("ALTER DATABASE " + name + " SET synchronous_commit = on");
        assertThatCode(() -> RecordStoreProvider.openWithProvider(url).close()).doesNotThrowAnyException();
    }

    @Test
    @DisplayName("a format of a newer version is refused and left as it is")
    void newerFormat() throws Exception {
        String url = Postgres.newDatabase();
        RecordStoreProvider.openWithProvider(url).close();
        Postgres.executeIn(url, "UPDATE stowage_format SET format = 2");
        assertThat(refusal(url)).hasMessageContaining("format 2").hasMessageContaining("newer version");
        Postgres.executeIn(url, "UPDATE stowage_format SET format = 1");
        RecordStoreProvider.openWithProvider(url).close();
    }

    @Test
    @DisplayName("several servers that start at once on an empty database create the tables once")
    void atOnce() {
        String url = Postgres.newDatabase();
        CompletableFuture<?>[] starts = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> RecordStoreProvider.openWithProvider(url))
                                .thenAccept(RecordStore::close))
                .limit(4)
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(starts).join();
    }
}
