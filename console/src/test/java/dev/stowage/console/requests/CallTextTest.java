package dev.stowage.console.requests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.Install;
import dev.stowage.emulator.call.CallMatch;
import dev.stowage.emulator.call.CallSummary;
import dev.stowage.emulator.fault.Faults;
import dev.stowage.emulator.journal.JournalEntry;
import dev.stowage.storage.Hash;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.NumberSet;
import dev.stowage.storage.StoreName;
import dev.stowage.storage.StringSet;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The call of a request can be made again as it is printed. */
class CallTextTest {

    private static Emulator emulator;

    @BeforeAll
    static void start() {
        emulator = Emulator.start();
    }

    @AfterAll
    static void stop() {
        emulator.close();
    }

    /** Every operation has a method of its name, and the other methods are no operations, which no fault fits. */
    static Stream<String> operations() {
        return Arrays.stream(KeyValueStore.class.getMethods())
                .map(Method::getName)
                .distinct()
                .filter(name ->
                        !Faults.kindsFor(CallMatch.any().operation(name)).isEmpty());
    }

    private static CallText text(String operation, String key, Optional<Hash> value) {
        return CallText.of(
                new JournalEntry(
                        1,
                        Instant.EPOCH,
                        new CallSummary("app", OptionalLong.of(1), StoreName.KV_STORE, operation, key, "client"),
                        Optional.empty(),
                        0,
                        0,
                        Optional.empty()),
                emulator.url(),
                value);
    }

    private static HttpResponse<String> send(CallText text, Install install) throws IOException, InterruptedException {
        Matcher curl = Pattern.compile("curl (\\S+) -H \"Authorization: Bearer \\$API_KEY\" -d '(.*)'", Pattern.DOTALL)
                .matcher(text.curl());
        assertThat(curl.matches()).as(text.curl()).isTrue();
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(curl.group(1)))
                                .header("Authorization", "Bearer " + install.apiKey())
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        curl.group(2).replace("'\\''", "'")))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void theCurlOfEveryOperationIsAccepted(String operation) throws Exception {
        Install install = emulator.install();
        HttpResponse<String> response = send(text(operation, "it's a \"key\"", Optional.empty()), install);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(emulator.app(install.appId()).journal().entries())
                .last()
                .satisfies(entry -> assertThat(entry.call().key()).isEqualTo("it's a \"key\""));
    }

    @Test
    void aPutWhoseRecordIsKnownContainsIt() throws Exception {
        Install install = emulator.install();
        CallText text = text("put", "k", Optional.of(Hash.of("n", 1, "text", "it's")));
        assertThat(text.isExample()).isFalse();
        assertThat(send(text, install).statusCode()).isEqualTo(200);
        assertThat(install.storage().kvStore().get("k").getString("text")).isEqualTo("it's");
        assertThat(text.typeScript()).isEqualTo("await storage.kvStore.put(\"k\", {\"n\":1,\"text\":\"it's\"});");
        assertThat(text.java()).isEqualTo("storage.kvStore().put(\"k\", Hash.of(\"n\", 1, \"text\", \"it's\"));");
    }

    @Test
    void javaHasEveryType() {
        List<Object> list = new ArrayList<>(List.of("a", Hash.of("deep", true)));
        assertThat(JavaText.of(Hash.of("l", list, "s", StringSet.of("x"), "n", NumberSet.of(1, 2.5))))
                .isEqualTo("Hash.of(\"l\", List.of(\"a\", Hash.of(\"deep\", true)), \"s\", StringSet.of(\"x\"),"
                        + " \"n\", NumberSet.of(1, 2.5))");
        list.add(null);
        assertThat(JavaText.of(list)).isEqualTo("Arrays.asList(\"a\", Hash.of(\"deep\", true), null)");
        assertThat(JavaText.of(Hash.empty())).isEqualTo("Hash.empty()");
        Hash.Builder many = Hash.builder();
        for (int i = 0; i < 11; i++) {
            many.set("f" + i, "\n");
        }
        assertThat(JavaText.of(many.build()))
                .startsWith("Hash.builder().set(\"f0\", \"\\n\").set(")
                .endsWith(".build()");
    }
}
