package dev.stowage.reliability.fuzz;

import dev.stowage.contract.call.SuiteValues;
import dev.stowage.contract.generator.DrawLog;
import dev.stowage.contract.generator.Generator;
import dev.stowage.contract.generator.Generators;
import dev.stowage.reliability.fuzz.ApiDescription.Endpoint;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Generates request number n of a seed: an endpoint with right, nearly right or wrong parts. The same seed and number give the same
 * request, provided that the keys of the installs are the same.
 */
final class RequestGenerator {

    private static final String RESET = "/_emulator/reset";
    private static final String HOLDS = "/_emulator/holds";
    private static final Generator<Integer> PERCENT = Generator.integers(0, 99);
    private static final Generator<Integer> ANY = Generator.integers(0, 1_000_000);
    private static final List<String> METHODS =
            List.of("GET", "PUT", "POST", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "get", "X");
    private static final List<String> STORES = List.of("secrets", "settings", "kvStore", "sharedKvStore", "nope");
    private static final List<String> OPERATIONS = List.of(
            "get",
            "put",
            "patch",
            "delete",
            "exists",
            "increment",
            "incrementMulti",
            "append",
            "unshift",
            "appendMulti",
            "unshiftMulti",
            "shift",
            "shiftMulti",
            "peek",
            "peekMulti",
            "addNumber",
            "removeNumber",
            "hasNumber",
            "addNumberMulti",
            "removeNumberMulti",
            "hasNumberMulti",
            "addString",
            "removeString",
            "hasString",
            "addStringMulti",
            "removeStringMulti",
            "hasStringMulti",
            "nope");
    private static final List<String> MEMBERS = List.of(
            "key",
            "key",
            "key",
            "value",
            "value",
            "field",
            "fields",
            "values",
            "amount",
            "amounts",
            "counts",
            "ttl",
            "ifVersion",
            "keepTtl",
            "appId",
            "trackerId",
            "mode",
            "now",
            "seconds",
            "match",
            "skip",
            "times",
            "rate",
            "seed",
            "faults",
            "deadlineMs",
            "operationId",
            "fault",
            "kind",
            "data",
            "settings",
            "format",
            "stores",
            "installs",
            "nope");
    /** Those that neither delay, nor break a connection, nor answer with a status of 500 or more. */
    private static final List<String> FAULTS =
            List.of("conflict", "staleRead", "expire", "reinstall", "throttled", "nope");

    private static final List<String> PARAMETERS = List.of("appId", "installId", "after", "secrets", "appID", "");
    private static final List<String> STRANGE = List.of(
            "%",
            "%2",
            "%zz",
            "%2F",
            "%25",
            "%00",
            "%c3%28",
            "..",
            "%2e%2e",
            "//",
            ";x=1",
            "?",
            "&",
            "=",
            "+",
            " ",
            "\u00e9",
            "\ud83d\ude00",
            "'",
            "\"",
            "<script>",
            "{",
            "}",
            "\\",
            "a".repeat(3_000));
    private static final List<String> CONTENT_TYPES = List.of(
            "application/json",
            "application/json; charset=utf-8",
            "application/json; charset=nope",
            "text/plain; charset=utf-16",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "nope",
            "");
    private static final List<String> EXTRA_HEADERS = List.of(
            "Content-Encoding: gzip",
            "Accept: text/html",
            "Accept: nope",
            "Origin: http://evil.example",
            "Host: evil.example",
            "Sec-Fetch-Site: cross-site",
            "Authorization: Basic bm9wZQ==",
            "Authorization: Bearer",
            "Expect: 100-continue",
            "X: \u0001",
            "Cookie: a=b",
            "Last-Event-ID: -1",
            "Connection: close");

    private final List<Endpoint> endpoints;
    private final List<String> keys;
    private final String host;

    /** @param keys API keys of installs and apps that requests may use */
    RequestGenerator(List<Endpoint> endpoints, List<String> keys, String host) {
        this.endpoints = List.copyOf(endpoints);
        this.keys = List.copyOf(keys);
        this.host = host;
    }

    FuzzRequest generate(long seed, long number) {
        DrawLog draws = DrawLog.of(seed * 1_000_003 + number);
        Endpoint endpoint = pick(draws, endpoints);
        boolean onData = endpoint.path().startsWith("/v1/");
        String method = chance(draws, 92) ? endpoint.method() : pick(draws, METHODS);
        String target = path(draws, endpoint.path()) + query(draws, onData ? 5 : 40);
        if (target.equals(RESET)) {
            // Everything may be deleted only by who asks for it, and here nobody does: see Fuzzer.
            target = RESET + "?appId=fuzzed";
        }
        if (target.equals(HOLDS)) {
            // Nobody releases what would wait.
            target = HOLDS + "?appId=fuzzed";
        }
        List<String> headers = new ArrayList<>();
        headers.add("Host: " + host);
        if (chance(draws, 90)) {
            headers.add("Authorization: Bearer " + (chance(draws, 95) ? pick(draws, keys) : text(draws)));
        }
        String type = chance(draws, 80) ? CONTENT_TYPES.get(0) : pick(draws, CONTENT_TYPES);
        if (!type.isEmpty()) {
            headers.add("Content-Type: " + type);
        }
        if (chance(draws, 10)) {
            headers.add(pick(draws, EXTRA_HEADERS));
        }
        byte[] body = method.equals("GET") && chance(draws, 95) ? new byte[0] : body(draws);
        return new FuzzRequest(method, target, headers, body, chance(draws, 99));
    }

    private String path(DrawLog draws, String template) {
        StringBuilder path = new StringBuilder();
        for (String segment : template.substring(1).split("/", -1)) {
            path.append('/').append(segment.startsWith("{") ? parameter(draws, segment) : segment);
        }
        if (chance(draws, 4)) {
            path.insert(draws.draw(ANY) % (path.length() + 1), pick(draws, STRANGE));
        }
        return path.toString().replace(" ", "%20");
    }

    private String parameter(DrawLog draws, String name) {
        if (chance(draws, 5)) {
            return pick(draws, STRANGE);
        }
        return switch (name) {
            case "{store}" -> pick(draws, STORES);
            case "{operation}" -> pick(draws, OPERATIONS);
            case "{apiKey}" -> pick(draws, keys).replace("=", "%3D");
            case "{installId}", "{faultId}", "{holdId}", "{explorationId}", "{sweepId}" ->
                String.valueOf(draws.draw(PERCENT) % 8);
            default -> chance(draws, 60) ? "fuzzed" : URLEncoder.encode(text(draws), StandardCharsets.UTF_8);
        };
    }

    private String query(DrawLog draws, int percent) {
        if (!chance(draws, percent)) {
            return "";
        }
        List<String> parameters = new ArrayList<>();
        do {
            String value = chance(draws, 50) ? "fuzzed" : chance(draws, 50) ? pick(draws, STRANGE) : text(draws);
            parameters.add(pick(draws, PARAMETERS) + "="
                    + (chance(draws, 70) ? URLEncoder.encode(value, StandardCharsets.UTF_8) : value.replace(" ", "+")));
        } while (chance(draws, 30));
        return "?" + String.join("&", parameters);
    }

    private byte[] body(DrawLog draws) {
        int kind = draws.draw(PERCENT);
        if (kind < 3) {
            return new byte[0];
        }
        if (kind < 6) {
            return text(draws).getBytes(StandardCharsets.UTF_8);
        }
        if (kind < 8) {
            return "[".repeat(1 + draws.draw(ANY) % 60_000).getBytes(StandardCharsets.US_ASCII);
        }
        String json = object(draws, 0);
        if (kind < 10) {
            return damaged(draws, json);
        }
        if (kind < 12) {
            return json.getBytes(pick(
                    draws,
                    List.of("UTF-16", "UTF-32", "ISO-8859-1").stream()
                            .map(Charset::forName)
                            .toList()));
        }
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] damaged(DrawLog draws, String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream damaged = new ByteArrayOutputStream();
        int at = draws.draw(ANY) % bytes.length;
        damaged.write(bytes, 0, at);
        damaged.write(draws.draw(ANY) % 256);
        damaged.write(bytes, at, bytes.length - at);
        return damaged.toByteArray();
    }

    private String object(DrawLog draws, int depth) {
        List<String> members = new ArrayList<>();
        int count = 1 + draws.draw(PERCENT) % 5;
        for (int i = 0; i < count; i++) {
            String name = pick(draws, MEMBERS);
            members.add("\"" + name + "\":" + member(draws, name, depth));
        }
        return "{" + String.join(",", members) + "}";
    }

    /** A value that fits the member's name in most cases. Faults that break connections or delay are not armed. */
    private String member(DrawLog draws, String name, int depth) {
        if (chance(draws, 12)) {
            return any(draws);
        }
        return switch (name) {
            case "key", "field" -> "\"" + pick(draws, List.of("a", "b", "c")) + "\"";
            case "fields" -> "[\"a\",\"b\"]";
            case "value", "match" -> depth < 3 ? object(draws, depth + 1) : "{}";
            case "values" -> "{\"a\":[1,2],\"b\":[\"x\"]}";
            case "amounts", "counts" -> "{\"a\":1,\"b\":" + draws.draw(PERCENT) + "}";
            case "appId", "trackerId" -> "\"fuzzed\"";
            case "mode" -> pick(draws, List.of("\"manual\"", "\"system\""));
            case "now" -> "\"2026-01-31T12:00:00Z\"";
            case "fault" -> "{\"kind\":" + member(draws, "kind", depth) + "}";
            case "kind" -> "\"" + pick(draws, FAULTS) + "\"";
            case "keepTtl" -> "true";
            case "format" -> "\"stowage/1\"";
            case "stores" -> "{\"kvStore\":{\"a\":{\"value\":{\"n\":1}}}}";
            case "installs" -> "[]";
            case "data", "settings" -> pick(draws, List.of("{\"a\":1}", "\"{\\\"a\\\":1}\"", "{\"a\":1e9999999999}"));
            default -> String.valueOf(draws.draw(PERCENT));
        };
    }

    private static String any(DrawLog draws) {
        if (draws.draw(PERCENT) < 30) {
            return pick(
                    draws,
                    List.of(
                            "1e400",
                            "-1e-9999999",
                            "9".repeat(400),
                            "NaN",
                            "\"\\ud800\"",
                            "{\"$numberSet\":[1,\"x\"]}",
                            "nul"));
        }
        Object value = draws.draw(Generators.VALUE);
        return SuiteValues.canonical(value);
    }

    private static String text(DrawLog draws) {
        return draws.draw(Generators.STRING)
                .chars()
                .filter(character -> character >= ' ' && character != 127)
                .mapToObj(character -> String.valueOf((char) character))
                .collect(Collectors.joining());
    }

    private static boolean chance(DrawLog draws, int percent) {
        return draws.draw(PERCENT) < percent;
    }

    private static <T> T pick(DrawLog draws, List<T> options) {
        return options.get(draws.draw(ANY) % options.size());
    }
}
