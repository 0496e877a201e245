package dev.stowage.emulator.http.control;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.stowage.emulator.http.data.OperationArguments;
import dev.stowage.emulator.http.exchange.ByteOrderMark;
import dev.stowage.emulator.http.exchange.ResponseWriter;
import dev.stowage.storage.Hash;
import dev.stowage.storage.wire.JacksonFeatures;
import dev.stowage.storage.wire.WireJson;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Reads the JSON body of a control-plane request, and writes JSON responses. Unknown members are refused. */
public final class ControlBody {

    /** Reads numbers as doubles, because rounding a BigDecimal with a tiny exponent takes minutes. Does not detect charsets. */
    private static final JsonMapper JSON = JsonMapper.builder(
                    JacksonFeatures.useUtf8(new JsonFactoryBuilder()).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** A body without members. */
    static final ControlBody EMPTY = new ControlBody(JSON.createObjectNode());

    private final JsonNode object;

    private ControlBody(JsonNode object) {
        this.object = object;
    }

    /**
     * Reads a body. An empty body is read as an object without members.
     *
     * @param known the names of the members that the body may have
     */
    static ControlBody read(byte[] body, Set<String> known) {
        if (body.length == 0) {
            return EMPTY;
        }
        int start = ByteOrderMark.lengthIn(body);
        try {
            return of("body", JSON.readTree(body, start, body.length - start), known);
        } catch (JsonProcessingException invalid) {
            throw OperationArguments.refused("The body is not valid JSON.");
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static ControlBody of(String what, JsonNode object, Set<String> names) {
        if (!object.isObject()) {
            throw OperationArguments.refused("The " + what + " must be a JSON object.");
        }
        for (Iterator<String> members = object.fieldNames(); members.hasNext(); ) {
            String name = members.next();
            if (!names.contains(name)) {
                throw OperationArguments.refused("The " + what + " has the unknown member '" + name + "'. Allowed: "
                        + (names.isEmpty()
                                ? "none"
                                : String.join(", ", names.stream().sorted().toList()))
                        + ".");
            }
        }
        return new ControlBody(object);
    }

    boolean has(String member) {
        return object.has(member);
    }

    /** Returns a member that is an object. */
    Optional<ControlBody> object(String member, String... known) {
        return object.has(member)
                ? Optional.of(of("member " + member, object.get(member), Set.of(known)))
                : Optional.empty();
    }

    /** Returns a member that is a list of one or more objects. */
    List<ControlBody> objects(String member, String... known) {
        JsonNode node = object.path(member);
        if (!node.isArray() || node.isEmpty()) {
            throw OperationArguments.refused(
                    "The body must have the member " + member + ", a list of one or more objects.");
        }
        List<ControlBody> objects = new ArrayList<>();
        node.forEach(element -> objects.add(of("elements of " + member, element, Set.of(known))));
        return objects;
    }

    /** Returns a member that is a list of strings. */
    List<String> texts(String member) {
        JsonNode node = object.path(member);
        List<String> texts = new ArrayList<>();
        node.forEach(element -> texts.add(element.isTextual() ? element.asText() : ""));
        if (!node.isArray() || texts.contains("")) {
            throw OperationArguments.refused("The body must have the member " + member + ", a list of strings.");
        }
        return texts;
    }

    /** Returns a member that is an object whose members are strings; empty if there is none. */
    Map<String, String> textsByName(String member) {
        JsonNode node = object.path(member);
        Map<String, String> texts = new LinkedHashMap<>();
        if (!node.isMissingNode() && !node.isObject()) {
            throw OperationArguments.refused("The member " + member + " must be an object of strings.");
        }
        node.properties().forEach(entry -> {
            if (!entry.getValue().isTextual()) {
                throw OperationArguments.refused("The member " + member + " must be an object of strings.");
            }
            texts.put(entry.getKey(), entry.getValue().asText());
        });
        return texts;
    }

    Optional<String> text(String member) {
        JsonNode node = object.path(member);
        if (node.isMissingNode()) {
            return Optional.empty();
        }
        if (!node.isTextual()) {
            throw OperationArguments.refused("The member " + member + " must be a string.");
        }
        return Optional.of(node.asText());
    }

    String requiredText(String member) {
        return text(member)
                .orElseThrow(() -> OperationArguments.refused("The body must have the member " + member + "."));
    }

    Optional<Long> wholeNumber(String member, long min, long max) {
        JsonNode node = object.path(member);
        if (node.isMissingNode()) {
            return Optional.empty();
        }
        if (!node.canConvertToExactIntegral()
                || !node.canConvertToLong()
                || node.longValue() < min
                || node.longValue() > max) {
            throw OperationArguments.refused("The member " + member + " must be a whole number of at least " + min
                    + (max < Long.MAX_VALUE ? " and at most " + max : "") + ".");
        }
        return Optional.of(node.longValue());
    }

    long requiredWholeNumber(String member, long min, long max) {
        return wholeNumber(member, min, max)
                .orElseThrow(() -> OperationArguments.refused("The body must have the member " + member + "."));
    }

    double requiredNumber(String member) {
        JsonNode node = object.path(member);
        if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
            throw OperationArguments.refused("The body must have the member " + member + ", a number.");
        }
        return node.doubleValue();
    }

    /** Returns a member that is a record, in the form of the wire protocol. */
    Hash record(String member) {
        try (JsonParser parser = WireJson.factory().createParser(JSON.writeValueAsBytes(object.path(member)))) {
            parser.nextToken();
            return WireJson.readRecord(parser);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Parses JSON, for use as a part of a response. */
    static Object raw(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    static String text(Object body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Responds when the body is there. The request occupies no thread until then. */
    static void respondWhen(Context ctx, CompletableFuture<?> body) {
        ctx.future(() -> body.thenCompose(json -> {
            try {
                return ResponseWriter.writeAsync(ctx, "application/json", JSON.writeValueAsBytes(json));
            } catch (JsonProcessingException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }));
    }

    static void respond(Context ctx, int status, Object body) throws IOException {
        ctx.res().setStatus(status);
        ResponseWriter.write(ctx, "application/json", JSON.writeValueAsBytes(body));
    }
}
