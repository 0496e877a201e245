package dev.stowage.storage.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.NumberSet;
import dev.stowage.storage.Storage;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.StringSet;
import dev.stowage.storage.http.HttpStorage;
import dev.stowage.storage.operation.Operation;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Records as types of the user's own. */
class TypedAccessTest {

    record Token(String value, long issued) {}

    record Visit(Instant at, LocalDate day, Duration stay) {}

    record Measures(float single, double twice, BigDecimal exact, float[] list, byte[] bytes) {}

    record Sets(NumberSet numbers, StringSet names, Hash rest) {}

    enum Colour {
        RED
    }

    record Coloured(Colour colour) {}

    record Positive(int n) {
        Positive {
            if (n <= 0) {
                throw new IllegalArgumentException("not positive: " + n);
            }
        }
    }

    static final class NoCreator {
        NoCreator(int ignored) {}
    }

    static final class Holder {
        public int n;
    }

    static final class Named {
        public String firstName;

        Named() {}

        Named(String firstName) {
            this.firstName = firstName;
        }
    }

    static final class Circle {
        public List<Circle> parts = List.of(this);
    }

    static final class Itself {
        public Itself self = this;
    }

    private static final Storage WITH_TIME = new TransportStorage(new InMemoryTransport())
            .withMapper(Storage.mapperBuilder().addModule(new JavaTimeModule()).build());

    private final InMemoryTransport transport = new InMemoryTransport();
    private final Storage storage = new TransportStorage(transport);
    private final KeyValueStore kv = storage.kvStore();

    private static String messageOf(ThrowingCallable call) {
        StorageException refusal = catchThrowableOfType(StorageException.class, call);
        assertThat(refusal).isNotNull().hasNoCause();
        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_VALUE);
        return refusal.getMessage();
    }

    @Test
    void aModuleOfTheUsersOwn() {
        Visit visit = new Visit(
                Instant.parse("2026-01-01T10:00:00.123456789Z"), LocalDate.of(2026, 1, 1), Duration.ofSeconds(90));
        WITH_TIME.kvStore().put("k", visit);
        assertThat(WITH_TIME.kvStore().get("k", Visit.class)).isEqualTo(visit);
        assertThat(WITH_TIME.kvStore().get("k"))
                .isEqualTo(Hash.of("at", "2026-01-01T10:00:00.123456789Z", "day", "2026-01-01", "stay", "PT1M30S"));
        WITH_TIME.settings().put("k", visit);
        assertThat(WITH_TIME.settings().get("k", Visit.class)).isEqualTo(visit);
    }

    @Test
    void aMapperOfTheUsersOwn() {
        ObjectMapper snakeCase = new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
        kv.withMapper(snakeCase).put("k", new Named("Ann"));
        assertThat(kv.get("k")).isEqualTo(Hash.of("first_name", "Ann"));
        assertThat(storage.withMapper(snakeCase).kvStore().get("k", Named.class).firstName)
                .isEqualTo("Ann");
        assertThat(storage.secrets().withMapper(snakeCase).put("k", new Named("Bob")))
                .isTrue();
        assertThat(HttpStorage.builder(URI.create("http://127.0.0.1:1"), "key")
                        .mapper(snakeCase)
                        .build()
                        .withMapper(snakeCase)
                        .transport())
                .isNotNull();
    }

    @Test
    void unknownFieldsAreIgnored() {
        kv.put("k", Hash.of("value", "abc", "issued", 1, "newer", true));
        assertThat(kv.get("k", Token.class)).isEqualTo(new Token("abc", 1));
    }

    @Test
    void unknownFieldsAreRefusedOnDemand() {
        Storage strict = storage.withMapper(Storage.mapperBuilder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build());
        strict.kvStore().put("k", Hash.of("value", "abc", "issued", 1, "newer", true));
        assertThat(messageOf(() -> strict.kvStore().get("k", Token.class)))
                .contains("'k' in kvStore", "the field 'newer'", "FAIL_ON_UNKNOWN_PROPERTIES", "@JsonIgnoreProperties");
    }

    @Test
    void aTypedPatchKeepsUnknownFields() {
        kv.put("k", Hash.of("value", "abc", "issued", 1, "newer", true));
        kv.patch("k", Token.class, token -> new Token(token.value() + "d", token.issued() + 1));
        assertThat(kv.get("k")).isEqualTo(Hash.of("value", "abcd", "issued", 2, "newer", true));
        assertThat(kv.patch("new", Token.class, token -> new Token("x", 1))).isEqualTo(new Token(null, 0));
        assertThat(kv.get("new")).isEqualTo(Hash.of("value", "x", "issued", 1));
    }

    @Test
    void aTypedPatchCanRemoveFieldsThatTheTypeKnows() {
        @JsonInclude(JsonInclude.Include.NON_NULL)
        record Sparse(String a, String b) {}
        kv.put("k", Hash.of("a", "1", "b", "2", "c", "3"));
        kv.patch("k", Sparse.class, sparse -> new Sparse("1", null));
        assertThat(kv.get("k")).isEqualTo(Hash.of("a", "1", "c", "3"));
    }

    @Test
    void aMutableTypeCanBePatchedInPlace() {
        kv.put("k", Hash.of("n", 1, "other", 2));
        kv.patch("k", Holder.class, holder -> {
            holder.n++;
            return holder;
        });
        assertThat(kv.get("k")).isEqualTo(Hash.of("n", 2, "other", 2));
    }

    @Test
    @DisplayName("VAL-5: a float is stored as the number that it prints")
    void floats() {
        Measures measures = new Measures(0.1f, 0.1, new BigDecimal("0.1"), new float[] {0.3f, 1}, new byte[] {1, 2, 3});
        kv.put("k", measures);
        assertThat(kv.get("k"))
                .isEqualTo(
                        Hash.of("single", 0.1, "twice", 0.1, "exact", 0.1, "list", List.of(0.3, 1), "bytes", "AQID"));
        Measures read = kv.get("k", Measures.class);
        assertThat(read.single()).isEqualTo(0.1f);
        assertThat(read.list()).containsExactly(0.3f, 1);
        assertThat(read.bytes()).containsExactly(1, 2, 3);
        assertThatThrownBy(() -> kv.incrementMulti("k", Map.of("n", 0.1f)));
        assertThat(((Operation.Increment) transport.last).amounts()).containsEntry("n", 0.1);
        assertThat(messageOf(() -> kv.put("k", Map.of("n", Float.NaN)))).contains("(VAL-6)");
    }

    @Test
    void setsStaySets() {
        Sets sets = new Sets(NumberSet.of(1, 2.5), StringSet.of("a"), Hash.of("$literal", null));
        kv.put("k", sets);
        assertThat(kv.get("k").getNumberSet("numbers")).isEqualTo(sets.numbers());
        assertThat(kv.get("k", Sets.class)).isEqualTo(sets);
    }

    @Test
    void adviceForJavaTime() {
        kv.put("k", Hash.of("at", "2026-01-01T00:00:00Z"));
        assertThat(messageOf(() -> kv.get("k", Visit.class)))
                .contains("java.time.Instant", "jackson-datatype-jsr310", "withMapper", "JavaTimeModule");
        assertThat(messageOf(() -> kv.put("k", new Visit(Instant.EPOCH, null, null))))
                .contains("java.time.Instant", "jackson-datatype-jsr310", "withMapper", "JavaTimeModule");
    }

    @Test
    void adviceForTypesWithoutACreator() {
        kv.put("k", Hash.of("n", 1));
        assertThat(messageOf(() -> kv.get("k", NoCreator.class)))
                .contains("NoCreator", "Java record", "@JsonCreator", "withMapper");
        assertThat(messageOf(() -> kv.put("k", new NoCreator(1)))).contains("NoCreator", "no properties", "getters");
        assertThat(messageOf(() -> kv.put("k", new Itself()))).contains("refers to itself");
        assertThat(messageOf(() -> kv.put("k", new Circle()))).contains("refers to itself");
    }

    @Test
    @DisplayName("ERR-2: a value that does not fit is refused with its place and both types, and never quoted")
    void adviceForValuesThatDoNotFit() {
        kv.put("k", Hash.of("issued", "s3cret", "value", Hash.empty(), "colour", "s3cret", "n", -7, "at", "s3cret"));
        assertThat(messageOf(() -> kv.get("k", Token.class)))
                .contains("'k' in kvStore", "Token[\"", "does not fit")
                .doesNotContain("s3cret");
        assertThat(messageOf(() -> kv.get("k", Coloured.class)))
                .contains("Coloured[\"colour\"]", "Colour")
                .doesNotContain("s3cret");
        assertThat(messageOf(() -> kv.get("k", Positive.class)))
                .contains("java.lang.IllegalArgumentException")
                .doesNotContain("-7");
        WITH_TIME.kvStore().put("bad", Hash.of("at", "s3cret"));
        assertThat(messageOf(() -> WITH_TIME.kvStore().get("bad", Visit.class)))
                .contains("Visit[\"at\"]", "does not fit java.time.Instant")
                .doesNotContain("s3cret")
                .doesNotContain("jsr310");
    }

    @Test
    void whatIsNoHashIsRefused() {
        assertThat(messageOf(() -> kv.put("k", "text"))).contains("is a string", "must be a hash");
        assertThat(messageOf(() -> kv.put("k", List.of()))).contains("is a list");
    }
}
