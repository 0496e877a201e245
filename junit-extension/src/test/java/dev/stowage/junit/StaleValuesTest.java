package dev.stowage.junit;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.stowage.emulator.Install;
import dev.stowage.emulator.service.ReinstallPolicy;
import dev.stowage.storage.Hash;
import dev.stowage.storage.Storage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Values that an app cached from an install that has ended are reported, and no others. */
class StaleValuesTest {

    private static final String TOKEN = "token-of-the-first-install";

    @ExtendWith(StorageEmulator.class)
    static class Stale {

        @Test
        void intoSecrets(Storage storage, Install install) {
            storage.secrets().put("utoken", Hash.of("token", TOKEN));
            install.reinstall();
            storage.secrets().put("utoken", Hash.of("token", TOKEN));
        }

        @Test
        void intoAListInsideAString(Storage storage, Install install) {
            storage.settings().put("account", Hash.of("oauth", Map.of("key", "k-5309-xyz")));
            install.reinstall();
            storage.kvStore().append("log", "lines", "called with k-5309-xyz");
        }

        @Test
        void anAccountNumberIntoTheSharedStore(Storage storage, Install install) {
            storage.settings().put("account", Hash.of("id", 77_001_234L));
            install.reinstall();
            storage.sharedKvStore().put("owner", Hash.of("of", Map.of("id", 77_001_234L)));
        }

        @Test
        void intoAKey(Storage storage, Install install) {
            storage.settings().put("account", Hash.of("id", "acc-4711"));
            install.reinstall();
            storage.kvStore().increment("visits/acc-4711", "n");
        }

        @Test
        void aValueThatWasOnlyRead(Storage storage, Install install) {
            install.storage().secrets().put("utoken", Hash.of("token", TOKEN));
            String cached = storage.secrets().get("utoken").getString("token");
            install.reinstall();
            storage.kvStore().put("job", Hash.of("token", cached));
        }
    }

    @Test
    void staleValuesInWritesAreFound() {
        EngineRun run = EngineRun.of(Stale.class);
        assertThat(run.failures())
                .hasSize(5)
                .anySatisfy(failure -> assertThat(failure)
                        .contains(
                                "a stale cache",
                                "'to…' (26 characters)",
                                "stored it in secrets, key 'utoken', field 'token'. The app was reinstalled",
                                "then the app wrote this value with secrets.put of 'utoken', field 'token'. Install ",
                                " had not received the value from its own stores")
                        .doesNotContain(TOKEN))
                .anySatisfy(failure -> assertThat(failure)
                        .contains(
                                "settings, key 'account', field 'oauth.key'",
                                "then the app wrote this value with kvStore.append of 'log', field 'lines'"))
                .anySatisfy(failure ->
                        assertThat(failure).contains("(8 digits)", "sharedKvStore.put of 'owner', field 'of.id'"))
                .anySatisfy(failure ->
                        assertThat(failure).contains("then the app used this value in the key of kvStore.increment"))
                .anySatisfy(failure ->
                        assertThat(failure).contains("wrote this value with kvStore.put of 'job', field 'token'"));
        assertThat(run.reports())
                .hasSize(5)
                .allSatisfy(report -> assertThat(report).containsKey("stowage.journal"));
    }

    @ExtendWith(StorageEmulator.class)
    static class NotStale {

        @Test
        void settingsAreEnteredAgain(Storage storage, Install install) {
            storage.settings().put("account", Hash.of("key", "k-5309-xyz"));
            install.reinstall();
            storage.settings().put("account", Hash.of("key", "k-5309-xyz"));
            storage.kvStore().put("job", Hash.of("key", "k-5309-xyz"));
        }

        @Test
        void aTestCallWritesIt(Storage storage, Install install) {
            storage.secrets().put("utoken", Hash.of("token", TOKEN));
            install.reinstall().storage().secrets().put("utoken", Hash.of("token", TOKEN));
            storage.kvStore().put("job", Hash.of("token", TOKEN));
        }

        @Test
        void theSharedStoreHasIt(Storage storage, Install install) {
            storage.secrets().put("utoken", Hash.of("token", TOKEN));
            storage.sharedKvStore().put("tokens", Hash.of("token", TOKEN));
            install.reinstall();
            String read = storage.sharedKvStore().get("tokens").getString("token");
            storage.secrets().put("utoken", Hash.of("token", read));
        }

        @Test
        void anotherAccountHoldsItToo(Storage storage, Install install, Installs installs) {
            storage.settings().put("plan", Hash.of("name", "plan-of-2026"));
            installs.storageOf(installs.create()).settings().put("plan", Hash.of("name", "plan-of-2026"));
            install.reinstall();
            storage.kvStore().put("job", Hash.of("plan", "plan-of-2026"));
        }

        @Test
        void commonValuesAreIgnored(Storage storage, Install install) {
            Hash common = Hash.builder()
                    .set("short", "abc12")
                    .set("word", "production")
                    .set("oauth", "client_credentials")
                    .set("address", "https://api.example.com/v1")
                    .set("date", "2026-01-31T12:00:00Z")
                    .set("moment", 1_769_860_800_000L)
                    .set("small", 99_999)
                    .set("yes", true)
                    .set("nothing", null)
                    .set("fraction", 123_456.5)
                    .set("same", "--------")
                    .build();
            storage.settings().put("all", common);
            install.reinstall();
            storage.kvStore().put("all", common);
        }
    }

    static class KeepPolicy {
        @RegisterExtension
        static final StorageEmulator EMULATOR = StorageEmulator.builder()
                .inProcess()
                .reinstallPolicy(ReinstallPolicy.KEEP)
                .build();

        @Test
        void dataThatAReinstallKeeps(Storage storage, Install install) {
            storage.secrets().put("utoken", Hash.of("token", TOKEN));
            install.reinstall();
            storage.kvStore().put("job", storage.secrets().get("utoken"));
        }
    }

    static class Tolerant {
        @RegisterExtension
        static final StorageEmulator EMULATOR =
                StorageEmulator.builder().inProcess().ignoreStaleValues().build();

        @Test
        void ignoresThem(Storage storage, Install install) {
            new Stale().intoSecrets(storage, install);
        }
    }

    static class Knowing {
        @RegisterExtension
        static final StorageEmulator EMULATOR =
                StorageEmulator.builder().inProcess().knownValues(TOKEN).build();

        @Test
        void knowsTheAppsConstants(Storage storage, Install install) {
            new Stale().intoSecrets(storage, install);
        }
    }

    @Test
    void otherValuesAreNotReported() {
        EngineRun run = EngineRun.of(NotStale.class, KeepPolicy.class, Tolerant.class, Knowing.class);
        assertThat(run.failures()).isEmpty();
        assertThat(run.passed()).isEqualTo(8);
    }

    /** Requests of an app to a vendor. */
    static final class Requests {

        private static final HttpClient CLIENT =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

        static void send(String url, String header, String body) throws Exception {
            CLIENT.send(
                    HttpRequest.newBuilder(URI.create(url))
                            .header("Authorization", header)
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.discarding());
        }

        static void storeTokenAndReinstall(Storage storage, Install install) {
            storage.secrets().put("utoken", Hash.of("token", TOKEN));
            install.reinstall();
            storage.kvStore().get("k");
        }
    }

    @ExtendWith(StorageEmulator.class)
    static class ToAVendor {

        @WatchRequests
        static final WireMockServer VENDOR =
                new WireMockServer(WireMockConfiguration.options().dynamicPort());

        @BeforeAll
        static void start() {
            VENDOR.start();
            VENDOR.stubFor(any(anyUrl()).willReturn(okJson("{}")));
            VENDOR.stubFor(any(urlPathEqualTo("/token")).willReturn(okJson("{\"access_token\": \"" + TOKEN + "\"}")));
        }

        @AfterAll
        static void stop() {
            VENDOR.stop();
        }

        @Test
        void inAHeader(Storage storage, Install install) throws Exception {
            Requests.storeTokenAndReinstall(storage, install);
            Requests.send(VENDOR.baseUrl() + "/reviews", "Bearer " + TOKEN, "{}");
        }

        @Test
        void percentEncodedInTheUrl(Storage storage, Install install) throws Exception {
            storage.settings().put("account", Hash.of("key", "k 53/09"));
            install.reinstall();
            storage.kvStore().get("k");
            Requests.send(VENDOR.baseUrl() + "/reviews?key=k%2053%2F09", "none", "{}");
        }

        @Test
        void inBasicCredentials(Storage storage, Install install) throws Exception {
            Requests.storeTokenAndReinstall(storage, install);
            String basic = Base64.getEncoder().encodeToString(("user:" + TOKEN).getBytes(StandardCharsets.UTF_8));
            Requests.send(VENDOR.baseUrl() + "/reviews", "Basic " + basic, "{}");
        }

        @Test
        void aTokenThatTheVendorReturnedAgain(Storage storage, Install install) throws Exception {
            Requests.storeTokenAndReinstall(storage, install);
            Requests.send(VENDOR.baseUrl() + "/token", "none", "{}");
            Requests.send(VENDOR.baseUrl() + "/reviews", "Bearer " + TOKEN, "{}");
            storage.secrets().put("utoken", Hash.of("token", TOKEN));
        }

        @Test
        void beforeAReinstall(Storage storage) throws Exception {
            storage.secrets().put("utoken", Hash.of("token", TOKEN));
            Requests.send(VENDOR.baseUrl() + "/reviews", "Bearer " + TOKEN, "{}");
        }
    }

    @ExtendWith(StorageEmulator.class)
    static class ToAnExtension {

        @RegisterExtension
        @WatchRequests
        static final WireMockExtension VENDOR = WireMockExtension.newInstance()
                .options(WireMockConfiguration.options().dynamicPort())
                .build();

        @Test
        void inTheBody(Storage storage, Install install) throws Exception {
            Requests.storeTokenAndReinstall(storage, install);
            Requests.send(VENDOR.baseUrl() + "/reviews", "none", "{\"token\": \"" + TOKEN + "\"}");
        }
    }

    @Test
    void staleValuesInRequestsAreFound() {
        EngineRun run = EngineRun.of(ToAVendor.class, ToAnExtension.class);
        assertThat(run.failures())
                .hasSize(4)
                .anySatisfy(failure -> assertThat(failure)
                        .contains(
                                "then the app sent this value with the request POST /reviews, in its header Authorization")
                        .doesNotContain(TOKEN))
                .anySatisfy(failure -> assertThat(failure).contains("POST /reviews, in its URL"))
                .anySatisfy(failure -> assertThat(failure).contains("POST /reviews, in its body"));
        assertThat(run.passed()).isEqualTo(2);
    }

    @ExtendWith(StorageEmulator.class)
    static class WatchingNothing {
        @WatchRequests
        List<String> vendor = List.of();

        @Test
        void test() {}
    }

    @ExtendWith(StorageEmulator.class)
    static class WatchingNull {
        @WatchRequests
        WireMockServer vendor;

        @Test
        void test() {}
    }

    @Test
    void fieldsWithoutAServer() {
        EngineRun run = EngineRun.of(WatchingNothing.class, WatchingNull.class);
        assertThat(run.failures())
                .hasSize(2)
                .anySatisfy(
                        failure -> assertThat(failure).contains("must hold a WireMockServer, or a WireMockExtension"))
                .anySatisfy(failure -> assertThat(failure).contains("vendor is null when the test starts"));
    }
}
