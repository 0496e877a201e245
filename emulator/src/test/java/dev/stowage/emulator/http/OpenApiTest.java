package dev.stowage.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
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
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/** openapi.yaml says what is served: its paths are the routes, and real responses match its schemas. */
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
        EmulatorServer.routes(
                        new EmulatorServices("", null, null, null, null, null, null, null, null, null, null, null))
                .forEach(route -> served.add(route.method().name() + " " + route.path()));
        // One handler serves what the description has as a path for each operation.
        OperationReader.names().forEach(operation -> served.add("POST /v1/{store}/" + operation));
        assertThat(described).isEqualTo(served);
    }

    @Test
    void theClosedSetsAreThoseOfTheCode() {
        assertThat(texts(description.at("/components/parameters/store/schema/enum")))
                .isEqualTo(wireNames(store -> true));
        assertThat(texts(description.at("/components/parameters/keyValueStore/schema/enum")))
                .isEqualTo(wireNames(StoreName::isKeyValue));
        assertThat(OperationReader.names()).hasSize(27).allSatisfy(operation -> {
            boolean everyStore =
                    Set.of("get", "put", "patch", "delete", "exists").contains(operation);
            assertThat(operation(operation).at("/parameters/0/$ref").asText())
                    .isEqualTo("#/components/parameters/" + (everyStore ? "store" : "keyValueStore"));
        });
        assertThat(texts(description.at("/components/schemas/Problem/properties/code/enum")))
                .isEqualTo(Arrays.stream(ErrorCode.values())
                        .map(ErrorCode::wireName)
                        .collect(Collectors.toSet()));
    }

    private JsonNode operation(String name) {
        return description.path("paths").path("/v1/{store}/" + name).path("post");
    }

    private static Set<String> wireNames(Predicate<StoreName> stores) {
        return Arrays.stream(StoreName.values())
                .filter(stores)
                .map(StoreName::wireName)
                .collect(Collectors.toSet());
    }

    private static Set<String> texts(JsonNode list) {
        Set<String> texts = new HashSet<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private void fits(String path, String method, RawHttp.Response answer) {
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
        JsonNode body = mediaType.endsWith("json") ? answer.json() : JSON.valueToTree(answer.body());
        fits(schema, body, method + " " + path);
    }

    private void fits(JsonNode schema, JsonNode body, String what) {
        ObjectNode root = schema.deepCopy();
        root.set("components", description.path("components"));
        JsonSchema validator =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(root);
        assertThat(validator.validate(body)).as("%s: %s", what, body).isEmpty();
    }

    @Test
    void realResponsesOfTheStoresFit() {
        accepted("kvStore/put", "{\"key\":\"k\",\"value\":{\"n\":1,\"s\":{\"$numberSet\":[1]}},\"ttl\":60}");
        accepted("kvStore/get", "{\"key\":\"k\"}");
        accepted("kvStore/increment", "{\"key\":\"k\",\"field\":\"n\"}");
        accepted("kvStore/append", "{\"key\":\"k\",\"field\":\"l\",\"value\":null}");
        accepted("kvStore/shift", "{\"key\":\"k\",\"field\":\"l\"}");
        accepted("kvStore/shift", "{\"key\":\"k\",\"field\":\"l\"}");
        accepted("kvStore/addStringMulti", "{\"key\":\"k\",\"values\":{\"t\":[\"a\"]}}");
        accepted("secrets/put", "{\"key\":\"k\",\"value\":{\"a\":[{},[null]]}}");
        accepted("secrets/delete", "{\"key\":\"k\"}");
        refused("kvStore/increment", "{\"key\":\"k\",\"field\":\"l\"}", 409);
        refused("kvStore/put", "{\"key\":\"k\",\"value\":{},\"ifVersion\":50}", 409);
        refused("kvStore/put", "{\"key\":\"k\",\"value\":{\"a\":\"" + "x".repeat(500_000) + "\"}}", 413);
        refused("kvStore/put", "{}", 400);
        refused("nope/put", "{}", 404);
        refused("secrets/increment", "{\"key\":\"k\",\"field\":\"l\"}", 404);
        String get = "/v1/{store}/get";
        fits(get, "post", http.post("/v1/kvStore/get", "nobody", "{}"));
        fits(
                get,
                "post",
                http.post("/v1/kvStore/get", emulator.app(install.appId()).appKey(), "{}"));
    }

    /** A request that is served fits the description, and so does its response. */
    private void accepted(String storeAndOperation, String body) {
        String name = storeAndOperation.replaceAll(".*/", "");
        RawHttp.Response answer = call(storeAndOperation, body);
        assertThat(answer.status()).as("%s: %s", name, answer.body()).isEqualTo(200);
        fits("/v1/{store}/" + name, "post", answer);
        try {
            fits(operation(name).at("/requestBody/content/application~1json/schema"), JSON.readTree(body), name);
        } catch (JsonProcessingException impossible) {
            throw new IllegalArgumentException(body, impossible);
        }
    }

    private void refused(String storeAndOperation, String body, int status) {
        RawHttp.Response answer = call(storeAndOperation, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        fits("/v1/{store}/" + storeAndOperation.replaceAll(".*/", ""), "post", answer);
    }

    @Test
    void theExamplesOfTheOperationsAreServed() {
        for (Map.Entry<String, JsonNode> path : description.path("paths").properties()) {
            if (path.getKey().startsWith("/v1/")) {
                String name = path.getKey().replaceAll(".*/", "");
                JsonNode request = operation(name).at("/requestBody/content/application~1json/example");
                accepted("kvStore/" + name, request.toString());
                fits(
                        operation(name).at("/responses/200/content/application~1json/schema"),
                        operation(name).at("/responses/200/content/application~1json/example"),
                        "the example of " + name);
            }
        }
    }

    @Test
    void eachOperationHasArgumentsOfItsOwn() {
        for (String name : OperationReader.names()) {
            assertThat(operation(name)
                            .at("/requestBody/content/application~1json/schema/$ref")
                            .asText())
                    .as(name)
                    .isNotEmpty();
        }
        String amount = description.at("/components/schemas/GetArguments").toString();
        assertThat(amount).contains("fields").doesNotContain("amount");
        assertThat(call("kvStore/get", "{\"key\":\"k\",\"amount\":1}").status()).isEqualTo(400);
    }

    @Test
    void realResponsesOfThePluginDataFit() {
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
    void realResponsesOfTheControlPlaneFit() {
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
