package dev.stowage.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.stowage.emulator.http.data.OperationReader;
import dev.stowage.emulator.http.exchange.EmulatorServices;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StoreName;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/** openapi.yaml describes the server: its paths are the routes, and real responses match its schemas. */
class OpenApiTest extends HttpTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonNode description;

    @BeforeEach
    void read() {
        String yaml = http.send("GET", "/openapi.yaml", Map.of(), "").body();
        description = JSON.valueToTree(new Yaml(new LoaderOptions()).load(yaml));
    }

    @Test
    void thePathsAreTheRoutes() {
        Set<String> described = new TreeSet<>();
        description
                .path("paths")
                .properties()
                .forEach(path -> path.getValue().fieldNames().forEachRemaining(method -> {
                    if (!method.equals("parameters")) {
                        described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
                    }
                }));
        Set<String> served = new TreeSet<>();
        EmulatorServer.routes(new EmulatorServices("", null, null, null, null, null, null, null))
                .forEach(route -> served.add(route.method().name() + " " + route.path()));
        assertThat(described).isEqualTo(served);
    }

    @Test
    void theClosedSetsAreThoseOfTheCode() {
        JsonNode parameters = description.at("/paths/~1v1~1{store}~1{operation}/post/parameters");
        assertThat(texts(parameters.get(0).at("/schema/enum")))
                .isEqualTo(Arrays.stream(StoreName.values())
                        .map(StoreName::wireName)
                        .collect(java.util.stream.Collectors.toSet()));
        assertThat(texts(parameters.get(1).at("/schema/enum")))
                .isEqualTo(OperationReader.names())
                .hasSize(27);
        assertThat(texts(description.at("/components/schemas/Problem/properties/code/enum")))
                .isEqualTo(Arrays.stream(ErrorCode.values())
                        .map(ErrorCode::wireName)
                        .collect(java.util.stream.Collectors.toSet()));
    }

    private static Set<String> texts(JsonNode list) {
        Set<String> texts = new HashSet<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private void assertMatches(String path, String method, RawHttp.Response response) {
        JsonNode described = description
                .path("paths")
                .path(path)
                .path(method)
                .path("responses")
                .path(String.valueOf(response.status()));
        assertThat(described.isMissingNode())
                .as("%s %s %d is described", method, path, response.status())
                .isFalse();
        if (described.has("$ref")) {
            described = description.at(described.path("$ref").asText().substring(1));
        }
        if (!described.has("content")) {
            assertThat(response.body()).isEmpty();
            return;
        }
        String mediaType = response.contentType().replaceAll(";.*", "");
        JsonNode schema = described.path("content").path(mediaType).path("schema");
        assertThat(schema.isMissingNode())
                .as("%s of %s %s is described", mediaType, method, path)
                .isFalse();
        ObjectNode root = schema.deepCopy();
        root.set("components", description.path("components"));
        JsonSchema validator =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(root);
        JsonNode body = mediaType.endsWith("json") ? response.json() : JSON.valueToTree(response.body());
        assertThat(validator.validate(body))
                .as("%s %s: %s", method, path, response.body())
                .isEmpty();
    }

    @Test
    void realResponsesOfTheStoresMatch() {
        String path = "/v1/{store}/{operation}";
        assertMatches(
                path,
                "post",
                call("kvStore/put", "{\"key\":\"k\",\"value\":{\"n\":1,\"s\":{\"$numberSet\":[1]}},\"ttl\":60}"));
        assertMatches(path, "post", call("kvStore/get", "{\"key\":\"k\"}"));
        assertMatches(path, "post", call("kvStore/increment", "{\"key\":\"k\",\"field\":\"n\"}"));
        assertMatches(path, "post", call("kvStore/append", "{\"key\":\"k\",\"field\":\"l\",\"value\":null}"));
        assertMatches(path, "post", call("kvStore/shift", "{\"key\":\"k\",\"field\":\"l\"}"));
        assertMatches(path, "post", call("kvStore/shift", "{\"key\":\"k\",\"field\":\"l\"}"));
        assertMatches(path, "post", call("kvStore/addStringMulti", "{\"key\":\"k\",\"values\":{\"t\":[\"a\"]}}"));
        assertMatches(path, "post", call("secrets/delete", "{\"key\":\"k\"}"));
        assertMatches(path, "post", call("kvStore/increment", "{\"key\":\"k\",\"field\":\"l\"}"));
        assertMatches(path, "post", call("kvStore/put", "{\"key\":\"k\",\"value\":{},\"ifVersion\":5}"));
        assertMatches(
                path, "post", call("kvStore/put", "{\"key\":\"k\",\"value\":{\"a\":\"" + "x".repeat(500_000) + "\"}}"));
        assertMatches(path, "post", call("kvStore/put", "{}"));
        assertMatches(path, "post", call("nope/put", "{}"));
        assertMatches(path, "post", http.post("/v1/kvStore/get", "nobody", "{}"));
        assertMatches(
                path,
                "post",
                http.post("/v1/kvStore/get", emulator.app(install.appId()).appKey(), "{}"));
    }

    @Test
    void realResponsesOfThePluginDataMatch() {
        String user = "/user/persistent/{apiKey}";
        String own = "/user/persistent/" + install.apiKey();
        assertMatches(user, "get", http.send("GET", own, Map.of(), ""));
        assertMatches(user, "put", http.send("PUT", own, Map.of(), "{\"data\":{}}"));
        assertMatches(user, "put", http.send("PUT", own, Map.of("Accept", "application/json"), "{}"));
        assertMatches(user, "get", http.send("GET", "/user/persistent/nobody", Map.of(), ""));
        assertMatches(
                "/{context}/persistent/{apiKey}",
                "get",
                http.send("GET", "/team/persistent/" + install.apiKey(), Map.of(), ""));
        assertMatches("/settings/user", "put", http.send("PUT", "/settings/user", Map.of(), "{\"settings\":{}}"));
        assertMatches("/settings/state/{pid}", "get", http.send("GET", "/settings/state/1", Map.of(), ""));
    }

    @Test
    void realResponsesOfTheControlPlaneMatch() {
        for (String[] call : new String[][] {
            {"get", "/health", "/health", ""},
            {"post", "/apps", "/apps", "{\"appId\":\"x\"}"},
            {"post", "/apps", "/apps", "{}"},
            {"post", "/installs", "/installs", "{}"},
            {"get", "/installs", "/installs", ""},
            {"get", "/installs/{installId}", "/installs/" + install.installId(), ""},
            {"get", "/installs/{installId}", "/installs/999999", ""},
            {"post", "/installs/{installId}/upgrade", "/installs/" + install.installId() + "/upgrade", ""},
            {"get", "/installs/{installId}/export", "/installs/" + install.installId() + "/export", ""},
            {
                "post",
                "/installs/{installId}/import",
                "/installs/" + install.installId() + "/import",
                "{\"format\":\"stowage/1\",\"stores\":{}}"
            },
            {"post", "/installs/{installId}/reinstall", "/installs/" + install.installId() + "/reinstall", ""},
            {"get", "/installs/{installId}/export", "/installs/999999/export", ""},
            {"post", "/installs/{installId}/import", "/installs/" + install.installId() + "/import", "{}"},
            {"delete", "/installs/{installId}", "/installs/" + install.installId(), ""},
            {"post", "/installs/{installId}/fail", "/installs/" + install.installId() + "/fail", ""},
            {"get", "/clock", "/clock", ""},
            {"put", "/clock", "/clock?appId=x", "{\"mode\":\"manual\"}"},
            {"post", "/clock/advance", "/clock/advance?appId=x", "{\"seconds\":1}"},
            {"post", "/clock/advance", "/clock/advance?appId=y", "{\"seconds\":1}"},
            {"post", "/faults", "/faults?appId=x", "{\"fault\":{\"kind\":\"unavailable\"}}"},
            {
                "post",
                "/faults",
                "/faults",
                "{\"match\":{\"appId\":\"x\",\"key\":\"k\"},\"skip\":1,\"times\":2,\"fault\":{\"kind\":\"race\",\"write\":{\"operation\":\"put\",\"value\":{\"s\":{\"$numberSet\":[1]}},\"ttl\":5}}}"
            },
            {"post", "/faults", "/faults", "{\"fault\":{\"kind\":\"nope\"}}"},
            {"get", "/faults", "/faults", ""},
            {"post", "/faults/chaos", "/faults/chaos?appId=x", "{\"rate\":0.5,\"faults\":[{\"kind\":\"throttled\"}]}"},
            {"post", "/faults/chaos", "/faults/chaos?appId=x", "{\"rate\":2,\"faults\":[{\"kind\":\"throttled\"}]}"},
            {"post", "/faults/chaos", "/faults/chaos?appId=x", "{\"rate\":0.5,\"faults\":[]}"},
            {"get", "/apps/{appId}/export", "/apps/" + install.appId() + "/export?secrets=include", ""},
            {"get", "/apps/{appId}/export", "/apps/nobody/export", ""},
            {
                "post",
                "/apps/{appId}/import",
                "/apps/x/import",
                "{\"format\":\"stowage-app/1\",\"installs\":[{\"trackerId\":\"t\",\"stores\":{}}],\"stores\":{}}"
            },
            {"post", "/apps/{appId}/import", "/apps/x/import", "{}"},
            {"delete", "/faults/{faultId}", "/faults/999999", ""},
            {"delete", "/faults", "/faults?appId=x", ""},
            {"get", "/journal", "/journal?after=0", ""},
            {"get", "/journal", "/journal?after=-1", ""},
            {"post", "/reset", "/reset?appId=x", ""},
        }) {
            String method = call[0].toUpperCase(Locale.ROOT);
            assertMatches(
                    "/_emulator" + call[1], call[0], http.send(method, "/_emulator" + call[2], Map.of(), call[3]));
        }
        assertMatches("/", "get", http.send("GET", "/", Map.of(), ""));
    }
}
