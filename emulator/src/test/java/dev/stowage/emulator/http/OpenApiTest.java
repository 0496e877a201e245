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

/** openapi.yaml says what is served: its paths are the routes, and real answers fit its schemas. */
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

    private void fits(String path, String method, RawHttp.Answer answer) {
        JsonNode response = description
                .path("paths")
                .path(path)
                .path(method)
                .path("responses")
                .path(String.valueOf(answer.status()));
        assertThat(response.isMissingNode())
                .as("%s %s %d is described", method, path, answer.status())
                .isFalse();
        if (response.has("$ref")) {
            response = description.at(response.path("$ref").asText().substring(1));
        }
        if (!response.has("content")) {
            assertThat(answer.body()).isEmpty();
            return;
        }
        String mediaType = answer.contentType().replaceAll(";.*", "");
        JsonNode schema = response.path("content").path(mediaType).path("schema");
        assertThat(schema.isMissingNode())
                .as("%s of %s %s is described", mediaType, method, path)
                .isFalse();
        ObjectNode root = schema.deepCopy();
        root.set("components", description.path("components"));
        JsonSchema validator =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(root);
        JsonNode body = mediaType.endsWith("json") ? answer.json() : JSON.valueToTree(answer.body());
        assertThat(validator.validate(body))
                .as("%s %s: %s", method, path, answer.body())
                .isEmpty();
    }

    @Test
    void realAnswersOfTheStoresFit() {
        String path = "/v1/{store}/{operation}";
        fits(
                path,
                "post",
                call("kvStore/put", "{\"key\":\"k\",\"value\":{\"n\":1,\"s\":{\"$numberSet\":[1]}},\"ttl\":60}"));
        fits(path, "post", call("kvStore/get", "{\"key\":\"k\"}"));
        fits(path, "post", call("kvStore/increment", "{\"key\":\"k\",\"field\":\"n\"}"));
        fits(path, "post", call("kvStore/append", "{\"key\":\"k\",\"field\":\"l\",\"value\":null}"));
        fits(path, "post", call("kvStore/shift", "{\"key\":\"k\",\"field\":\"l\"}"));
        fits(path, "post", call("kvStore/shift", "{\"key\":\"k\",\"field\":\"l\"}"));
        fits(path, "post", call("kvStore/addStringMulti", "{\"key\":\"k\",\"values\":{\"t\":[\"a\"]}}"));
        fits(path, "post", call("secrets/delete", "{\"key\":\"k\"}"));
        fits(path, "post", call("kvStore/increment", "{\"key\":\"k\",\"field\":\"l\"}"));
        fits(path, "post", call("kvStore/put", "{\"key\":\"k\",\"value\":{},\"ifVersion\":5}"));
        fits(path, "post", call("kvStore/put", "{\"key\":\"k\",\"value\":{\"a\":\"" + "x".repeat(500_000) + "\"}}"));
        fits(path, "post", call("kvStore/put", "{}"));
        fits(path, "post", call("nope/put", "{}"));
        fits(path, "post", http.post("/v1/kvStore/get", "nobody", "{}"));
        fits(
                path,
                "post",
                http.post("/v1/kvStore/get", emulator.app(install.appId()).appKey(), "{}"));
    }

    @Test
    void realAnswersOfThePluginDataFit() {
        String user = "/user/persistent/{apiKey}";
        String own = "/user/persistent/" + install.apiKey();
        fits(user, "get", http.send("GET", own, Map.of(), ""));
        fits(user, "put", http.send("PUT", own, Map.of(), "{\"data\":{}}"));
        fits(user, "put", http.send("PUT", own, Map.of("Accept", "application/json"), "{}"));
        fits(user, "get", http.send("GET", "/user/persistent/nobody", Map.of(), ""));
        fits(
                "/{context}/persistent/{apiKey}",
                "get",
                http.send("GET", "/team/persistent/" + install.apiKey(), Map.of(), ""));
        fits("/settings/user", "put", http.send("PUT", "/settings/user", Map.of(), "{\"settings\":{}}"));
        fits("/settings/state/{pid}", "get", http.send("GET", "/settings/state/1", Map.of(), ""));
    }

    @Test
    void realAnswersOfTheControlPlaneFit() {
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
            fits("/_emulator" + call[1], call[0], http.send(method, "/_emulator" + call[2], Map.of(), call[3]));
        }
        fits("/", "get", http.send("GET", "/", Map.of(), ""));
    }
}
