package dev.stowage.examples.vendor;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.stowage.emulator.fault.Fault;
import dev.stowage.emulator.time.EmulatorClock;
import dev.stowage.examples.vendor.variants.CachingVendor;
import dev.stowage.examples.vendor.variants.Connection;
import dev.stowage.examples.vendor.variants.Job;
import dev.stowage.examples.vendor.variants.Orders;
import dev.stowage.examples.vendor.variants.Visits;
import dev.stowage.junit.Actors;
import dev.stowage.junit.FaultSweep;
import dev.stowage.junit.Installs;
import dev.stowage.junit.InterleavingTest;
import dev.stowage.junit.Secrets;
import dev.stowage.junit.StorageEmulator;
import dev.stowage.junit.SweptFault;
import dev.stowage.junit.WatchRequests;
import dev.stowage.storage.BaseStore;
import dev.stowage.storage.Hash;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.Storage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;

/** The same sweeps over the variants with a mistake: each mistake is found, at exactly the expected injection points. */
class BrokenVariantsTest {

    @ExtendWith(StorageEmulator.class)
    static class Caching {

        private static final HttpClient HTTP =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

        @RegisterExtension
        @WatchRequests
        static final WireMockExtension VENDOR = WireMockExtension.newInstance()
                .options(WireMockConfiguration.wireMockConfig().dynamicPort())
                .build();

        @FaultSweep
        void reviewsAreSent(Storage storage, EmulatorClock clock) throws Exception {
            CachingVendor.restart();
            VENDOR.stubFor(any(anyUrl()).willReturn(okJson("{}")));
            VENDOR.stubFor(post("/token").willReturn(okJson("{\"access_token\": \"token-1\"}")));
            URI tokens = URI.create(VENDOR.baseUrl() + "/token");
            CachingVendor vendor = new CachingVendor(new Vendor(tokens, storage, clock, Duration.ofSeconds(5)));
            for (int review = 1; review <= 2; review++) {
                storage.kvStore().increment("reviews", "sent");
                send(vendor.authenticate(new Credentials("id", "secret")));
            }
        }

        private static void send(String token) throws IOException, InterruptedException {
            HttpRequest request = HttpRequest.newBuilder(URI.create(VENDOR.baseUrl() + "/reviews"))
                    .header("Authorization", "Bearer " + token)
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build();
            HTTP.send(request, BodyHandlers.discarding());
        }
    }

    @Test
    void aTokenInAStaticFieldIsFoundWhereTheAppIsReinstalled() {
        assertThat(findings(Caching.class).keySet()).containsExactly("reinstall at 4 of 4: kvStore.increment reviews");
        assertThat(findings(Caching.class).values())
                .singleElement()
                .asString()
                .contains(
                        "stored it in secrets, key 'utoken', field 'token'",
                        "POST /reviews, in its header Authorization");
    }

    @ExtendWith(StorageEmulator.class)
    static class Overwriting {

        @FaultSweep
        void everyVisitIsCounted(KeyValueStore kv, Installs installs, SweptFault fault) {
            Visits visits = new Visits.ByGetAndPut(kv);
            visits.count("home");
            long expected = fault.is(Fault.Kind.RACE) ? 2 : 1;
            assertThat(installs.current().storage().kvStore().get("home")).isEqualTo(Hash.of("visits", expected));
        }
    }

    @Test
    void getAndPutIsFoundAtThePut() {
        assertThat(findings(Overwriting.class).keySet()).containsExactly("race at 2 of 2: kvStore.put home");
    }

    @ExtendWith(StorageEmulator.class)
    static class StoringFirst {

        @FaultSweep
        void onlyACheckedTokenIsStored(@Secrets BaseStore secrets, Installs installs) {
            SweepTest.resultOrStorageError(
                    () -> new Connection.StoredFirst(secrets, token -> false).connect("mistyped"));
            assertThat(installs.current().storage().secrets().exists("token")).isFalse();
        }
    }

    @Test
    void aTokenThatIsStoredUncheckedIsFoundAtBothOperations() {
        assertThat(findings(StoringFirst.class).keySet())
                .containsExactlyInAnyOrder(
                        "lostResponse at 1 of 2: secrets.put token",
                        "malformedResponse at 1 of 2: secrets.put token",
                        "lostRequest at 2 of 2: secrets.delete token",
                        "throttled at 2 of 2: secrets.delete token",
                        "unavailable at 2 of 2: secrets.delete token");
    }

    @ExtendWith(StorageEmulator.class)
    static class Counting {

        @FaultSweep
        void anOrderIsCountedOnce(KeyValueStore kv, Installs installs) {
            new Orders.ByCounting(kv).received("order-1");
            assertThat(installs.current().storage().kvStore().get("orders")).isEqualTo(Hash.of("count", 1));
        }
    }

    @Test
    void aRetryThatCountsTwiceIsFoundWhereTheResponseIsLost() {
        assertThat(findings(Counting.class).keySet())
                .containsExactlyInAnyOrder(
                        "lostResponse at 1 of 1: kvStore.increment orders",
                        "malformedResponse at 1 of 1: kvStore.increment orders");
    }

    @ExtendWith(StorageEmulator.class)
    static class Locking {

        @FaultSweep
        void theJobRunsAgainAfterItDied(KeyValueStore kv, EmulatorClock clock, SweptFault fault) {
            clock.freeze();
            Job job = new Job.WithALockWithoutTtl(kv);
            SweepTest.resultOrStorageError(job::run);
            clock.advance(Duration.ofHours(1));
            boolean another = fault.is(Fault.Kind.RACE);
            assertThat(SweepTest.resultOrStorageError(job::run) || another).isTrue();
        }
    }

    @Test
    void aLockThatNeverExpiresIsFoundWhereverTheJobCanDie() {
        assertThat(findings(Locking.class).keySet())
                .contains(
                        "unavailable at 2 of 6: kvStore.increment job",
                        "unavailable at 3 of 6: kvStore.delete lock",
                        "lostResponse at 1 of 6: kvStore.put lock")
                .noneMatch(name -> name.contains("at 4 of") || name.contains("at 5 of") || name.contains("at 6 of"));
    }

    @ExtendWith(StorageEmulator.class)
    static class OverwritingInSomeOrder {

        @InterleavingTest
        void twoVisitsAtOnceAreTwo(KeyValueStore kv, Actors actors) throws InterruptedException {
            Visits visits = new Visits.ByGetAndPut(kv);
            actors.actor("ann", () -> visits.count("home"))
                    .actor("bob", () -> visits.count("home"))
                    .run();
            assertThat(kv.get("home")).isEqualTo(Hash.of("visits", 2));
        }
    }

    @Test
    void theGuideShowsTheOrderThatIsFound() throws IOException {
        Path guide = Path.of("").toAbsolutePath().resolve("../../docs/junit.md");
        String message =
                findings(OverwritingInSomeOrder.class).values().iterator().next();
        assertThat(Files.readString(guide)).contains(message.strip());
    }

    @Test
    void theGuideShowsTheFindingOfTheSweep() throws IOException {
        Path guide = Path.of("").toAbsolutePath().resolve("../../docs/junit.md");
        String message = findings(Counting.class).get("lostResponse at 1 of 1: kvStore.increment orders");
        assertThat(Files.readString(guide)).contains(message.strip());
    }

    /** The findings of a sweep, by the name of the run. */
    private static Map<String, String> findings(Class<?> sweep) {
        Map<String, String> findings = new TreeMap<>();
        EngineTestKit.engine("junit-jupiter").selectors(selectClass(sweep)).execute().testEvents().failed().stream()
                .forEach(event -> findings.put(
                        event.getTestDescriptor().getDisplayName(),
                        event.getRequiredPayload(TestExecutionResult.class)
                                .getThrowable()
                                .map(Throwable::getMessage)
                                .orElse("")));
        return findings;
    }
}
