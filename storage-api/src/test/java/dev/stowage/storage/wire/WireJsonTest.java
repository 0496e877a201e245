package dev.stowage.storage.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.stowage.storage.Hash;
import dev.stowage.storage.NumberSet;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.StringSet;
import dev.stowage.storage.Ttl;
import dev.stowage.storage.operation.Operation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Runs with each supported version of Jackson: see the executions of Surefire in the POM. */
class WireJsonTest {

    private static final String EMOJI = "\uD83D\uDE00";

    private static String json(Hash record) {
        return new String(WireJson.encodeRecord(record), StandardCharsets.UTF_8);
    }

    private static Hash record(String json) {
        return WireJson.decodeRecord(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void runsWithTheVersionOfJacksonThatThePomNames() {
        String version = new JsonFactory().version().toString();
        assertThat(version).isEqualTo(System.getProperty("stowage.test.jackson", version));
    }

    @Test
    @DisplayName("VAL-5: every type of value reads back equal")
    void roundTrip() {
        Hash record = Hash.builder()
                .set("text", "\u0000 \"quoted\" \u2028 \uFFFD " + EMOJI)
                .set(EMOJI + " field", null)
                .set("numbers", List.of(0, -1, 9007199254740991L, 1e300, 0.1, 123456789.012345))
                .set("hash", Hash.of("$numberSet", true))
                .set("set", NumberSet.of(3, 1, 2.5))
                .set("strings", StringSet.of(EMOJI, "a"))
                .set("literal", Hash.of("$literal", Hash.of("a", false)))
                .build();
        assertThat(record(json(record))).isEqualTo(record);
    }

    @Test
    @DisplayName("VAL-8: a character outside the basic plane measures 4 bytes, in a field name, a value and a key")
    void surrogatePairsAreFourBytes() {
        assertThat(json(Hash.of(EMOJI, EMOJI + "\n"))).isEqualTo("{\"" + EMOJI + "\":\"" + EMOJI + "\\n\"}");
        assertThat(WireJson.encodedLength(EMOJI)).isEqualTo(6);
    }

    @Test
    @DisplayName("VAL-6: NaN and infinities are refused as values, not as malformed JSON")
    void nonFiniteNumbers() {
        for (String number : List.of("NaN", "Infinity", "-Infinity", "1e999")) {
            assertThatThrownBy(() -> record("{\"a\":" + number + "}"))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("(VAL-6)");
        }
    }

    @Test
    void longNumbersAreReadUpToTheLimit() {
        assertThat(record("{\"a\":0." + "1".repeat(90_000) + "}").getDouble("a"))
                .isEqualTo(1 / 9.0);
        Throwable refusal = null;
        try {
            record("{\"a\":" + "1".repeat(100_001) + "}");
        } catch (RuntimeException problem) {
            refusal = problem;
        }
        assertThat(refusal).isNotNull();
        assertThat(refusal instanceof StorageException
                        || (refusal.getCause() instanceof JsonProcessingException limit
                                && JacksonFeatures.isLimitExceeded(limit)))
                .as("%s", refusal)
                .isTrue();
    }

    @Test
    void longNamesAreRead() {
        String name = "x".repeat(400_000);
        assertThat(record("{\"" + name + "\":1}").fields()).containsExactly(name);
    }

    @Test
    @DisplayName("VAL-9: deep nesting is refused without being read")
    void deepNesting() {
        assertThatThrownBy(() -> record("{\"a\":" + "[".repeat(100_000)))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("(VAL-9)");
    }

    @Test
    void bodiesOfOperations() {
        Operation put = new Operation.Put("k", Hash.of("a", 1.5), Ttl.of(Duration.ofSeconds(60)), OptionalLong.of(0));
        assertThat(OperationWriter.body(put, true))
                .asString()
                .isEqualTo("{\"key\":\"k\",\"value\":{\"a\":1.5},\"ttl\":60,\"ifVersion\":0}");
        Operation patch = new Operation.Patch("k", Hash.empty(), Ttl.none(), OptionalLong.empty());
        assertThat(OperationWriter.body(patch, true)).asString().isEqualTo("{\"key\":\"k\",\"value\":{},\"ttl\":null}");
        Operation increment = new Operation.Increment("k", Map.of("n", 2.0), Ttl.keep(), true);
        assertThat(OperationWriter.body(increment, true)).asString().isEqualTo("{\"key\":\"k\",\"amounts\":{\"n\":2}}");
    }
}
