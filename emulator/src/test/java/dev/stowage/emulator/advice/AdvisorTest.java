package dev.stowage.emulator.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.emulator.App;
import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.EmulatorConfig;
import dev.stowage.emulator.Install;
import dev.stowage.emulator.call.CallMatch;
import dev.stowage.emulator.fault.Fault;
import dev.stowage.storage.BaseStore;
import dev.stowage.storage.Hash;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.client.TransportStorage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each practice is told to an app that breaks it, and not to its right twin. */
class AdvisorTest {

    private Emulator emulator;
    private App app;
    private Install install;

    @BeforeEach
    void start() {
        emulator = Emulator.start(
                EmulatorConfig.inProcess().toBuilder().maxRecordBytes(10_000).build());
        app = emulator.app("shop");
        app.clock().set(Instant.parse("2026-01-31T12:00:00Z"));
        install = app.install();
        app.advise(AdviceScope.all());
    }

    @AfterEach
    void stop() {
        emulator.close();
    }

    private KeyValueStore kv() {
        return install.storage().kvStore();
    }

    private BaseStore secrets() {
        return install.storage().secrets();
    }

    private List<String> told() {
        return app.advice().stream()
                .map(advice -> advice.practice().id() + " " + advice.key())
                .toList();
    }

    /** An app, as code on this test's stores. */
    private interface Code extends Consumer<AdvisorTest> {}

    private static Arguments broken(Practice practice, String key, Code code) {
        return Arguments.of(practice.id() + " " + key, Named.of("broken", code));
    }

    private static void times(int count, Runnable work) {
        for (int i = 0; i < count; i++) {
            work.run();
        }
    }

    static Stream<Arguments> brokenApps() {
        return Stream.of(
                broken(
                        Practice.REPEATED_READ,
                        "utoken",
                        my -> times(10, () -> my.secrets().get("utoken"))),
                broken(
                        Practice.POLL,
                        "job",
                        my -> times(10, () -> {
                            my.kv().get("job");
                            my.app.clock().advance(Duration.ofSeconds(5));
                        })),
                broken(
                        Practice.READ_TOGETHER,
                        "token",
                        my -> times(5, () -> {
                            my.install.storage().settings().get("accountId");
                            my.secrets().get("token");
                        })),
                broken(
                        Practice.GET_THEN_PUT,
                        "visits",
                        my -> times(2, () -> {
                            Long n = my.kv().get("visits").getLong("n");
                            my.kv().put("visits", Hash.of("n", n == null ? 1 : n + 1));
                        })),
                broken(Practice.GET_THEN_PUT, "page", my -> {
                    my.kv().patch("page", Hash.of("title", "home", "open", true));
                    my.kv().put("page", my.kv().get("page").with("open", false));
                }),
                broken(Practice.GET_THEN_PUT, "queue", my -> {
                    my.kv().append("queue", "jobs", "first");
                    my.kv().get("queue");
                    my.kv().put("queue", Hash.of("jobs", List.of("first", "second")));
                }),
                broken(Practice.NO_TTL, "job-lock", my -> my.kv().put("job-lock", Hash.of("held", true))),
                broken(Practice.NO_TTL, "userSession", my -> my.kv().put("userSession", Hash.of("user", "ann"))),
                broken(Practice.NO_TTL, "invitation", my -> my.kv().put("invitation", Hash.of("expiresAt", 1))),
                broken(
                        Practice.CREDENTIAL,
                        "vendor",
                        my -> my.kv().put("vendor", Hash.of("accessToken", "abcdefgh"), Duration.ofHours(1))),
                broken(
                        Practice.CREDENTIAL,
                        "login",
                        my -> my.kv().patch("login", Hash.of("user_password", "abcdefgh"))),
                broken(Practice.GROWTH, "log", my -> times(30, () -> my.kv().append("log", "lines", "x".repeat(250)))),
                broken(Practice.TYPE_CHANGE, "utoken", my -> {
                    my.secrets().put("utoken", Hash.of("token", "abc", "issued", 1_700_000_000_000L));
                    my.secrets().put("utoken", Hash.of("token", "abc", "issued", "yesterday"));
                }),
                broken(Practice.RETRY_AFTER_LOSS, "orders", my -> {
                    my.app.faults().arm(CallMatch.any(), new Fault.LostResponse());
                    assertThatThrownBy(() -> my.kv().increment("orders", "n")).isInstanceOf(StorageException.class);
                    my.kv().increment("orders", "n");
                }),
                broken(Practice.STORED_UNCHECKED, "token", my -> {
                    my.secrets().put("token", Hash.of("token", "mistyped"));
                    my.secrets().delete("token");
                }),
                broken(Practice.STALE_CACHE, "utoken", my -> {
                    my.secrets().put("utoken", Hash.of("token", "u-4711-token"));
                    my.install = my.install.reinstall();
                    // What goes through Install.storage() may be the test's, which enters the token again.
                    new TransportStorage(my.install.transport("the app"))
                            .kvStore()
                            .put("job", Hash.of("sentWith", "u-4711-token"));
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenApps")
    void aBrokenPracticeIsTold(String expected, Code broken) {
        broken.accept(this);
        assertThat(told()).containsExactly(expected);
    }

    private static Arguments right(String name, Code code) {
        return Arguments.of(name, Named.of("right", code));
    }

    static Stream<Arguments> rightApps() {
        return Stream.of(
                right("nine reads", my -> times(9, () -> my.secrets().get("utoken"))),
                right(
                        "reads with writes between",
                        my -> times(20, () -> {
                            my.kv().get("n");
                            my.kv().increment("n", "n");
                        })),
                right(
                        "records that are also read alone",
                        my -> times(20, () -> {
                            my.install.storage().settings().get("accountId");
                            my.secrets().get("token");
                            my.kv().put("k", Hash.of("n", 1));
                            my.secrets().get("token");
                            my.kv().put("k", Hash.of("n", 2));
                            my.install.storage().settings().put("accountId", Hash.of("n", 2));
                            my.secrets().delete("token", List.of("none"));
                        })),
                right(
                        "an updater",
                        my -> times(
                                3,
                                () -> my.kv()
                                        .patch(
                                                "visits",
                                                visits -> visits.with("n", 1).with("other", 2)))),
                right(
                        "a put of entirely new values",
                        my -> times(3, () -> {
                            my.app.clock().advance(Duration.ofDays(8));
                            my.secrets().get("utoken");
                            my.secrets()
                                    .put(
                                            "utoken",
                                            Hash.of(
                                                    "token",
                                                    "token of " + my.app.clock().instant(),
                                                    "issued",
                                                    my.app.clock().instant().toEpochMilli()));
                        })),
                right("a lock with a ttl", my -> my.kv().put("lock", Hash.of("held", true), Duration.ofMinutes(5))),
                right("words that only contain others", my -> {
                    my.kv().put("blockList", Hash.of("n", 1));
                    my.kv().put("clockwork", Hash.of("n", 1));
                    my.kv().put("template", Hash.of("tokens", 5, "secretary", "ann", "passwordHint", "none"));
                }),
                right(
                        "credentials in secrets",
                        my -> my.secrets().put("vendor", Hash.of("accessToken", "abcdefgh", "password", "abcdefgh"))),
                right(
                        "a large record that does not grow",
                        my -> times(5, () -> my.kv().put("page", Hash.of("html", "x".repeat(8_000))))),
                right("the same types, and null", my -> {
                    my.kv().put("k", Hash.of("a", 1, "b", "x"));
                    my.kv().put("k", Hash.of("a", null, "b", "y"));
                    my.kv().put("k", Hash.of("a", 2.5, "b", "z"));
                }),
                right("a retry that does nothing twice", my -> {
                    my.app.faults().arm(CallMatch.any(), new Fault.LostResponse());
                    assertThatThrownBy(() -> my.kv().addString("orders", "ids", "1"))
                            .isInstanceOf(StorageException.class);
                    my.kv().addString("orders", "ids", "1");
                }),
                right("a secret that is deleted later", my -> {
                    my.secrets().put("token", Hash.of("token", "checked"));
                    my.kv().increment("logins", "n");
                    my.secrets().delete("token");
                }),
                right("a token of the new install", my -> {
                    my.secrets().put("utoken", Hash.of("token", "u-4711-token"));
                    my.install = my.install.reinstall();
                    my.secrets().put("utoken", Hash.of("token", "u-4712-token"));
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rightApps")
    void aRightAppIsNotAccused(String name, Code right) {
        right.accept(this);
        assertThat(app.advice()).as(name).isEmpty();
    }

    @Test
    @DisplayName("the text says what was observed and what to do, with the operations, and contains no value")
    void text() {
        kv().put("session", Hash.of("apiKey", "a-value-of-the-app"));
        kv().put("session", kv().get("session").with("open", true));
        assertThat(app.advice().stream().map(Advice::toString))
                .hasSize(3)
                .allSatisfy(text -> assertThat(text).doesNotContain("a-value-of-the-app"))
                .anySatisfy(text -> assertThat(text)
                        .isEqualTo(
                                "no-ttl: 'session' in kvStore: put without a ttl, though its key is that of something temporary."
                                        + " The record looks temporary, but it stays until it is deleted: if the app dies before that, for"
                                        + " ever. Put it with a ttl.\n    kvStore.put session"))
                .anySatisfy(text -> assertThat(text)
                        .endsWith(
                                "    kvStore.get session\n    kvStore.put session  (a write of another client before this is"
                                        + " lost)"));
    }

    @Test
    @DisplayName("a practice is switched off by its id, for all keys or for one")
    void off() {
        app.advise(AdviceScope.allBut(List.of("no-ttl:session", "type-change")));
        for (String key : List.of("session", "lock")) {
            kv().put(key, Hash.of("n", 1));
            kv().put(key, Hash.of("n", "one"));
        }
        assertThat(told()).containsExactly("no-ttl lock");
        assertThatThrownBy(() -> AdviceScope.allBut(List.of("no-such")))
                .hasMessageContaining("Practices: credential, get-then-put, growth");
    }

    @Test
    @DisplayName("without advise() nothing is looked at, and a reset ends it")
    void reset() {
        kv().put("lock", Hash.of("n", 1));
        app.reset();
        assertThat(app.advice()).isEmpty();
        install = app.install();
        kv().put("lock", Hash.of("n", 1));
        assertThat(app.advice()).isEmpty();
    }

    @Test
    @DisplayName("what is remembered is bounded")
    void bounded() {
        for (int i = 0; i < 12_000; i++) {
            kv().put("k" + i, Hash.of("n", 1));
        }
        assertThat(app.advice()).isEmpty();
        for (int i = 0; i < 1_200; i++) {
            kv().put("lock:" + i, Hash.of("n", 1));
        }
        assertThat(app.advice()).hasSize(1_000);
    }

    @Test
    @DisplayName("a password in the private data of a plugin is told; a token with a date is right")
    void pluginData() {
        Advisor advisor = app.advise(AdviceScope.all());
        advisor.pluginDataSet("user/default", "{\"token\": \"abc\", \"issued\": \"2026-01-31\", \"password\": null}");
        assertThat(app.advice()).isEmpty();
        advisor.pluginDataSet("user/default", "{\"ftp\": {\"password\": \"abc\"}}");
        assertThat(told()).containsExactly("plain-password user/default");
        assertThat(Map.of("practices", Practice.values().length)).containsEntry("practices", 12);
    }
}
