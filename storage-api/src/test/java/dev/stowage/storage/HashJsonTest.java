package dev.stowage.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Hashes and sets in a Jackson mapper that knows nothing of Stowage. */
class HashJsonTest {

    private final ObjectMapper mapper = new ObjectMapper();

    record Response(String status, Hash body) {}

    @Test
    void aHashIsTheObjectThatItIs() throws Exception {
        Hash hash = Hash.of("n", 1, "text", "a", "nothing", null, "list", List.of(1.5, Hash.of("b", true)));
        String json = mapper.writeValueAsString(hash);
        assertThat(json).isEqualTo("{\"n\":1,\"text\":\"a\",\"nothing\":null,\"list\":[1.5,{\"b\":true}]}");
        assertThat(mapper.readValue(json, Hash.class)).isEqualTo(hash);
        assertThat(mapper.writeValueAsString(Hash.empty())).isEqualTo("{}");
        assertThat(mapper.readValue("{}", Hash.class)).isEqualTo(Hash.empty());
    }

    @Test
    void insideAnotherType() throws Exception {
        Response response = new Response("ok", Hash.of("a", 1));
        String json = mapper.writeValueAsString(response);
        assertThat(json).isEqualTo("{\"status\":\"ok\",\"body\":{\"a\":1}}");
        assertThat(mapper.readValue(json, Response.class)).isEqualTo(response);
        assertThat(mapper.convertValue(Map.of("a", 1), Hash.class)).isEqualTo(Hash.of("a", 1));
        assertThat(mapper.<Map<String, Object>>convertValue(Hash.of("a", "b"), mapper.constructType(Map.class)))
                .isEqualTo(Map.of("a", "b"));
    }

    @Test
    void setsAndHashesThatLookLikeSets() throws Exception {
        for (Hash hash : List.of(
                Hash.of("numbers", NumberSet.of(2, 1, 0.5), "strings", StringSet.of("b", "a")),
                Hash.of("$numberSet", List.of(1)),
                Hash.of("$literal", Hash.of("$stringSet", "x")),
                Hash.of("$literal", 1, "other", 2))) {
            String json = mapper.writeValueAsString(hash);
            assertThat(mapper.readValue(json, Hash.class)).as(json).isEqualTo(hash);
        }
        assertThat(mapper.writeValueAsString(NumberSet.of(2, 1))).isEqualTo("{\"$numberSet\":[1,2]}");
        assertThat(mapper.readValue("{\"$stringSet\":[\"a\"]}", StringSet.class))
                .isEqualTo(StringSet.of("a"));
        assertThatThrownBy(() -> mapper.readValue("{\"$stringSet\":[\"a\"]}", NumberSet.class))
                .isInstanceOf(JsonMappingException.class)
                .hasMessageContaining("$numberSet");
    }

    @Test
    void nullsStayWhateverTheMapperLeavesOut() throws Exception {
        mapper.setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);
        assertThat(mapper.writeValueAsString(Hash.of("a", null))).isEqualTo("{\"a\":null}");
    }

    @Test
    void upToTenPairs() {
        Hash ten = Hash.of("a", 1, "b", 2, "c", 3, "d", 4, "e", 5, "f", 6, "g", 7, "h", 8, "i", 9, "j", 10);
        assertThat(ten.fields()).containsExactly("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
        assertThat(ten.getLong("j")).isEqualTo(10);
        assertThat(Hash.of("a", 1, "b", 2, "c", 3, "d", 4))
                .isEqualTo(Hash.from(Map.of("a", 1, "b", 2, "c", 3, "d", 4)));
        assertThatThrownBy(() -> Hash.of("a", 1, "b", 2, "c", 3, null, 4)).isInstanceOf(StorageException.class);
    }
}
