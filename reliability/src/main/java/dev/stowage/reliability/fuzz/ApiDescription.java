package dev.stowage.reliability.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The paths and methods of {@code openapi.yaml}, as the server describes itself. */
final class ApiDescription {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete");

    /** @param path with its parameters in braces: {@code /v1/{store}/{operation}} */
    record Endpoint(String method, String path) {}

    private ApiDescription() {}

    /** Every endpoint except the journal's event stream, which never ends. */
    static List<Endpoint> read(byte[] yaml) throws IOException {
        List<Endpoint> endpoints = new ArrayList<>();
        JsonNode paths = new ObjectMapper(new YAMLFactory()).readTree(yaml).path("paths");
        paths.properties()
                .forEach(path -> path.getValue().fieldNames().forEachRemaining(method -> {
                    if (METHODS.contains(method) && !path.getKey().endsWith("/stream")) {
                        endpoints.add(new Endpoint(method.toUpperCase(Locale.ROOT), path.getKey()));
                    }
                }));
        return endpoints;
    }
}
