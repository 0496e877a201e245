package dev.stowage.emulator.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.NumberSet;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.StoreName;
import dev.stowage.storage.StringSet;
import dev.stowage.storage.Ttl;
import dev.stowage.storage.operation.Operation;
import dev.stowage.storage.operation.Reply;
import dev.stowage.storage.operation.Transport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A second implementation of the wire protocol: other HTTP client, other JSON code, none of the project's wire classes. */
final class IndependentTransport implements Transport {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI base;
    private final String key;

    IndependentTransport(URI base, String key) {
        this.base = base;
        this.key = key;
    }

    @Override
    public Reply execute(StoreName store, Operation operation) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) base.resolve("/v1/" + store.wireName() + "/" + operation.name())
                            .toURL()
                            .openConnection();
            connection.setRequestMethod("POST");
            connection.setConnectTimeout(5_000);
            connection.setReadTimeout(30_000);
            connection.setRequestProperty("Authorization", "Bearer " + key);
            connection.setDoOutput(true);
            connection.getOutputStream().write(JSON.writeValueAsBytes(body(store, operation)));
            int status = connection.getResponseCode();
            try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
                JsonNode response =
                        JSON.readTree(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
                return status == 200 ? reply(operation, response) : refuse(response);
            }
        } catch (IOException problem) {
            throw new StorageException(ErrorCode.UNAVAILABLE, "no response", problem);
        }
    }

    private static ObjectNode body(StoreName store, Operation operation) {
        ObjectNode body = JSON.createObjectNode().put("key", operation.key());
        if (operation instanceof Operation.Get get && get.fields() != null) {
            get.fields().forEach(body.putArray("fields")::add);
        } else if (operation instanceof Operation.Put put) {
            body.set("value", toJson(put.value()));
            if (store.isKeyValue() && put.ttl().isKeep()) {
                body.put("keepTtl", true);
            }
            put.ttl().duration().ifPresent(ttl -> body.put("ttl", ttl.toSeconds()));
            put.ifVersion().ifPresent(version -> body.put("ifVersion", version));
        } else if (operation instanceof Operation.Patch patch) {
            body.set("value", toJson(patch.value()));
            addTtl(body, patch.ttl());
            patch.ifVersion().ifPresent(version -> body.put("ifVersion", version));
        } else if (operation instanceof Operation.Delete delete) {
            if (delete.fields() != null) {
                delete.fields().forEach(body.putArray("fields")::add);
            }
            delete.ifVersion().ifPresent(version -> body.put("ifVersion", version));
        } else if (operation instanceof Operation.Increment increment) {
            ObjectNode amounts = JSON.createObjectNode();
            increment.amounts().forEach(amounts::put);
            spread(body, "amounts", "amount", amounts, increment.multi());
            addTtl(body, increment.ttl());
        } else if (operation instanceof Operation.ListInsert insert) {
            spread(body, "values", "value", lists(insert.values()), insert.multi());
        } else if (operation instanceof Operation.ListTake take) {
            ObjectNode counts = JSON.createObjectNode();
            take.counts().forEach(counts::put);
            spread(body, "counts", "", counts, take.multi());
        } else if (operation instanceof Operation.SetMembers members) {
            spread(body, "values", "value", lists(members.values()), members.multi());
        }
        return body;
    }

    private static void addTtl(ObjectNode body, Ttl ttl) {
        ttl.duration().ifPresent(duration -> body.put("ttl", duration.toSeconds()));
        if (ttl.isNone()) {
            body.putNull("ttl");
        }
    }

    private static void spread(ObjectNode body, String plural, String singular, ObjectNode byField, boolean multi) {
        if (multi) {
            body.set(plural, byField);
            return;
        }
        Map.Entry<String, JsonNode> only = byField.properties().iterator().next();
        body.put("field", only.getKey());
        if (!singular.isEmpty()) {
            body.set(singular, only.getValue().isArray() ? only.getValue().get(0) : only.getValue());
        }
    }

    private static ObjectNode lists(Hash values) {
        ObjectNode lists = JSON.createObjectNode();
        values.asMap().forEach((field, value) -> {
            ArrayNode list = lists.putArray(field);
            List<?> members = value instanceof NumberSet numbers
                    ? numbers.members()
                    : value instanceof StringSet strings ? strings.members() : (List<?>) value;
            if (members != null) {
                members.forEach(member -> list.add(toJson(member)));
            }
        });
        return lists;
    }

    private static JsonNode toJson(@Nullable Object value) {
        if (value instanceof Hash hash) {
            ObjectNode object = JSON.createObjectNode();
            hash.asMap().forEach((field, inner) -> object.set(field, toJson(inner)));
            boolean looksTagged = object.size() == 1
                    && List.of("$numberSet", "$stringSet", "$literal")
                            .contains(object.fieldNames().next());
            return looksTagged ? JSON.createObjectNode().set("$literal", object) : object;
        }
        if (value instanceof NumberSet set) {
            return JSON.createObjectNode().set("$numberSet", toJson(set.members()));
        }
        if (value instanceof StringSet set) {
            return JSON.createObjectNode().set("$stringSet", toJson(set.members()));
        }
        if (value instanceof List<?> list) {
            ArrayNode array = JSON.createArrayNode();
            list.forEach(element -> array.add(toJson(element)));
            return array;
        }
        return JSON.valueToTree(value);
    }

    private static Reply reply(Operation operation, JsonNode response) {
        OptionalLong ttl =
                response.has("ttl") ? OptionalLong.of(response.get("ttl").asLong()) : OptionalLong.empty();
        if (!response.has("result")) {
            return Reply.nothing();
        }
        JsonNode result = response.get("result");
        Object value = operation.name().endsWith("Multi") ? byField(result) : fromJson(result);
        if (value instanceof Number) {
            value = Hash.of("held", value).get("held");
        }
        return new Reply(true, value, response.path("version").asLong(), ttl);
    }

    private static Hash byField(JsonNode object) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        object.properties().forEach(field -> map.put(field.getKey(), fromJson(field.getValue())));
        return Hash.from(map);
    }

    private static @Nullable Object fromJson(JsonNode node) {
        if (node.isObject()) {
            String only = node.size() == 1 ? node.fieldNames().next() : "";
            List<Object> members = new ArrayList<>();
            switch (only) {
                case "$literal":
                    return byField(node.get(only));
                case "$numberSet":
                    node.get(only).forEach(member -> members.add(member.numberValue()));
                    return NumberSet.from(
                            members.stream().map(Number.class::cast).toList());
                case "$stringSet":
                    node.get(only).forEach(member -> members.add(member.asText()));
                    return StringSet.from(
                            members.stream().map(String.class::cast).toList());
                default:
                    return byField(node);
            }
        }
        if (node.isArray()) {
            List<@Nullable Object> list = new ArrayList<>();
            node.forEach(element -> list.add(fromJson(element)));
            return list;
        }
        if (node.isNumber()) {
            return node.numberValue();
        }
        return node.isNull() ? null : node.isBoolean() ? (Object) node.asBoolean() : node.asText();
    }

    private static Reply refuse(JsonNode problem) {
        throw new StorageException(
                ErrorCode.of(problem.path("code").asText()).orElse(ErrorCode.INTERNAL),
                problem.path("detail").asText());
    }
}
