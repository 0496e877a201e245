package dev.stowage.examples.vendor;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.stowage.emulator.Install;
import dev.stowage.emulator.time.EmulatorClock;
import dev.stowage.junit.StorageEmulator;
import dev.stowage.junit.WatchRequests;
import dev.stowage.storage.Hash;
import dev.stowage.storage.Storage;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(StorageEmulator.class)
class VendorTest {

    private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");
    private static final Credentials CREDENTIALS = new Credentials("id", "secret");

    @RegisterExtension
    @WatchRequests
    static final WireMockExtension VENDOR = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    private final Storage storage;
    private final Install install;
    private final EmulatorClock clock;

    VendorTest(Storage storage, Install install, EmulatorClock clock) {
        this.storage = storage;
        this.install = install;
        this.clock = clock;
        clock.set(START);
    }

    private String authenticate(boolean force) {
        URI tokens = URI.create(VENDOR.baseUrl() + "/token");
        return new Vendor(tokens, storage, clock, Duration.ofMillis(500)).authenticate(CREDENTIALS, force);
    }

    private static void stubVendor(ResponseDefinitionBuilder response) {
        VENDOR.stubFor(post("/token").withRequestBody(equalToJson("""
                        {"client_id": "id", "client_secret": "secret", "grant_type": "client_credentials"}""")).willReturn(response));
    }

    private static void vendorReturnsToken(String token) {
        stubVendor(okJson("{\"access_token\": \"" + token + "\", \"token_type\": \"bearer\"}"));
    }

    private static void assertTokenRequests(int times) {
        VENDOR.verify(times, postRequestedFor(urlEqualTo("/token")));
    }

    @Test
    void theFirstCallAuthenticatesAndTheSecondUsesTheStoredToken() {
        vendorReturnsToken("one");
        assertThat(authenticate(false)).isEqualTo("one");
        vendorReturnsToken("two");
        assertThat(authenticate(false)).isEqualTo("one");
        assertTokenRequests(1);
        assertThat(storage.secrets().get("utoken")).isEqualTo(Hash.of("token", "one", "issued", START.toEpochMilli()));
    }

    @Test
    void aTokenIsRenewedAfterSevenDays() {
        vendorReturnsToken("one");
        authenticate(false);
        vendorReturnsToken("two");
        clock.advance(Duration.ofDays(7));
        assertThat(authenticate(false)).isEqualTo("one");
        clock.advance(Duration.ofMillis(1));
        assertThat(authenticate(false)).isEqualTo("two");
        assertThat(authenticate(false)).isEqualTo("two");
        assertTokenRequests(2);
    }

    @Test
    void aNewTokenCanBeForced() {
        vendorReturnsToken("one");
        authenticate(false);
        vendorReturnsToken("two");
        assertThat(authenticate(true)).isEqualTo("two");
        assertThat(authenticate(false)).isEqualTo("two");
        assertTokenRequests(2);
    }

    @Test
    void afterAReinstallItAuthenticatesAgain() {
        vendorReturnsToken("one");
        authenticate(false);
        vendorReturnsToken("two");
        install.reinstall();
        assertThat(authenticate(false)).isEqualTo("two");
        assertTokenRequests(2);
    }

    @Test
    void aRejectionByTheVendorReachesTheCaller() {
        stubVendor(aResponse().withStatus(401).withBody("{\"status\": {\"message\": \"Unknown client\"}}"));
        assertThatThrownBy(() -> authenticate(false))
                .isInstanceOf(VendorException.class)
                .hasMessage("The vendor returned no token: Unknown client");
        assertThat(storage.secrets().exists("utoken")).isFalse();
    }

    @Test
    void aResponseWithoutATokenIsAVendorException() {
        for (ResponseDefinitionBuilder response : new ResponseDefinitionBuilder[] {
            okJson("{}"),
            aResponse().withStatus(401).withBody("{}"),
            okJson("<html>"),
            aResponse().withStatus(200)
        }) {
            stubVendor(response);
            assertThatThrownBy(() -> authenticate(false)).isInstanceOf(VendorException.class);
        }
        assertThat(storage.secrets().exists("utoken")).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void noResponseIsAVendorException(Fault fault) {
        vendorReturnsToken("one");
        authenticate(false);
        stubVendor(aResponse().withFault(fault));
        assertThatThrownBy(() -> authenticate(true)).isInstanceOf(VendorException.class);
        assertThat(authenticate(false)).as("the stored token is still there").isEqualTo("one");
    }

    @Test
    void aTimeoutIsAVendorException() {
        stubVendor(okJson("{\"access_token\": \"late\"}").withFixedDelay(5_000));
        assertThatThrownBy(() -> authenticate(false))
                .isInstanceOf(VendorException.class)
                .hasMessage("The vendor did not respond.");
        assertThat(storage.secrets().exists("utoken")).isFalse();
    }
}
