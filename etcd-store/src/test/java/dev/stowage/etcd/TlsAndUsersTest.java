package dev.stowage.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.EmulatorConfig;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.StorageException;
import dev.stowage.store.process.EtcdCluster;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A cluster with TLS, and a user who may use the keys of one prefix alone. */
@Timeout(120)
class TlsAndUsersTest {

    private static final String PASSWORD = "s3cret:/@%";

    @TempDir
    private static Path folder;

    private static EtcdCluster cluster;
    private static ServerCertificate files;
    private static HttpClient http;
    private static String rootToken = "";

    @BeforeAll
    static void start() throws Exception {
        files = ServerCertificate.create(folder);
        cluster = EtcdCluster.startWithTls(folder, files.certificate(), files.privateKey());
        http = HttpClient.newBuilder()
                .sslContext(TrustedCertificates.in(files.certificate().toString()))
                .build();
        addUser("root", "rootpass");
        call("auth/user/grant", "{\"user\": \"root\", \"role\": \"root\"}");
        call("auth/role/add", "{\"name\": \"of-stowage\"}");
        call(
                "auth/role/grant",
                "{\"name\": \"of-stowage\", \"perm\": {\"permType\": \"READWRITE\", \"key\": \"" + base64("team/ci/")
                        + "\", \"range_end\": \"" + base64("team/ci0") + "\"}}");
        addUser("ann", PASSWORD);
        call("auth/user/grant", "{\"user\": \"ann\", \"role\": \"of-stowage\"}");
        call("auth/enable", "{}");
        String response = call("auth/authenticate", "{\"name\": \"root\", \"password\": \"rootpass\"}");
        rootToken = response.replaceAll("(?s).*\"token\": ?\"([^\"]+)\".*", "$1");
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    private static void addUser(String name, String password) throws Exception {
        call("auth/user/add", "{\"name\": \"" + name + "\", \"password\": \"" + password + "\"}");
    }

    private static String call(String path, String body) throws IOException, InterruptedException {
        URI member = cluster.endpoints().get(0);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(member.resolve("/v3/" + path)).POST(BodyPublishers.ofString(body));
        if (!rootToken.isEmpty()) {
            request.header("Authorization", rootToken);
        }
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).as(path + ": " + response.body()).isIn(200, 400);
        return response.body();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String url(String password, String path, Path caFile) {
        return "etcds://ann:" + encoded(password) + "@"
                + cluster.endpoints().get(0).getAuthority() + "/" + path + "?cacert=" + encoded(caFile.toString());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Emulator emulator(String url) {
        return Emulator.start(
                EmulatorConfig.builder().servesHttp(false).store(url).build());
    }

    @Test
    @DisplayName("a user who may use the keys of the prefix alone is enough, also after users have changed")
    void leastPrivilege() throws Exception {
        try (Emulator emulator = emulator(url(PASSWORD, "team/ci", files.certificate()))) {
            KeyValueStore kv = emulator.app("app").install().storage().kvStore();
            kv.put("k", Hash.of("n", 1));
            addUser("somebody-else", "password");
            assertThat(kv.increment("k", "n")).isEqualTo(2);
            assertThat(kv.get("k")).isEqualTo(Hash.of("n", 2));
        }
    }

    @Test
    @DisplayName("what is not allowed is said at the start, without the password")
    void refused() {
        assertRefused(url("wrong", "team/ci", files.certificate()), "authentication failed");
        assertRefused(url(PASSWORD, "another", files.certificate()), "permission denied");
        String withoutUser =
                url(PASSWORD, "team/ci", files.certificate()).replace("ann:" + encoded(PASSWORD) + "@", "");
        assertRefused(withoutUser, "user name is empty");
    }

    private static void assertRefused(String url, String reason) {
        assertThatThrownBy(() -> emulator(url))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_REQUEST))
                .hasMessageContaining(reason)
                .hasMessageContaining("etcd at [https://127.0.0.1:")
                .hasMessageNotContaining("s3cret")
                .hasMessageNotContaining("wrong");
    }

    @Test
    @DisplayName("a certificate that is not trusted is named")
    void foreignCertificate() throws Exception {
        ServerCertificate other = ServerCertificate.create(Files.createDirectory(folder.resolve("other")));
        assertThatThrownBy(() -> emulator(url(PASSWORD, "team/ci", other.certificate())))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("the TLS handshake with 127.0.0.1:");
    }
}
