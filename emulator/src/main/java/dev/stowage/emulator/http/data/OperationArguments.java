package dev.stowage.emulator.http.data;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.stowage.emulator.http.exchange.ByteOrderMark;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.Ttl;
import dev.stowage.storage.wire.JacksonFeatures;
import dev.stowage.storage.wire.WireJson;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the arguments of an operation from the body of a request, and checks their types. */
public final class OperationArguments {

    private static final long MAX_EXACT_INTEGER = 9007199254740991L;

    private final String operation;
    private final Map<String, @Nullable Object> members;

    private OperationArguments(String operation, Map<String, @Nullable Object> members) {
        this.operation = operation;
        this.members = members;
    }

    /**
     * Reads the body.
     *
     * @param known the arguments of the operation. Others are refused, so that a misspelt one is not ignored
     */
    static OperationArguments read(String operation, Set<String> known, byte[] body) {
        Map<String, @Nullable Object> members = new HashMap<>();
        int start = ByteOrderMark.lengthIn(body);
        try (JsonParser parser = WireJson.factory().createParser(body, start, body.length - start)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw refused("The body of " + operation + " must be a JSON object"
                        + (body.length == 0 ? "; it is empty." : "."));
            }
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                if (!known.contains(name)) {
                    throw refused(operation + " has no argument '" + shortened(name) + "'. Allowed: "
                            + String.join(", ", known.stream().sorted().toList()) + ".");
                }
                if (members.containsKey(name)) {
                    throw refused("The body has the argument " + name + " of " + operation + " twice.");
                }
                parser.nextToken();
                members.put(name, readMember(operation, name, parser));
            }
            if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
                throw new JsonParseException(parser, "not exactly one object");
            }
        } catch (StorageException refusal) {
            throw new OperationArguments(operation, members).located(refusal);
        } catch (JsonProcessingException invalid) {
            if (JacksonFeatures.isLimitExceeded(invalid)) {
                throw refused("The body of " + operation
                        + " has a name, a string or a nesting that exceeds the limits of JSON.");
            }
            // Jackson's message quotes the body, which may contain a secret (ERR-2).
            throw refused("The body of " + operation + " is not valid JSON" + where(invalid) + ".");
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return new OperationArguments(operation, members);
    }

    private static String where(JsonProcessingException invalid) {
        return invalid.getLocation() == null || invalid.getLocation().getLineNr() < 1
                ? ""
                : " (line " + invalid.getLocation().getLineNr() + ", column "
                        + invalid.getLocation().getColumnNr() + ")";
    }

    private static String shortened(String name) {
        return name.length() <= 40 ? name : name.substring(0, 40) + "…";
    }

    private static @Nullable Object readMember(String operation, String name, JsonParser parser) throws IOException {
        try {
            return readMemberOf(operation, name, parser);
        } catch (JsonProcessingException invalid) {
            if (!JacksonFeatures.isLimitExceeded(invalid)) {
                throw invalid;
            }
            // A number of thousands of digits, or thousands of levels, is valid JSON but not a valid value (VAL-5,
            // VAL-9).
            throw new StorageException(
                    ErrorCode.INVALID_VALUE,
                    "The argument " + name + " nests deeper than 32 levels, or has a number of more than 100,000"
                            + " characters. (VAL-9)");
        }
    }

    private static @Nullable Object readMemberOf(String operation, String name, JsonParser parser) throws IOException {
        return switch (name) {
            case "value" ->
                switch (operation) {
                    case "put", "patch" -> WireJson.readRecord(parser);
                    default -> WireJson.readValue(parser);
                };
            case "amounts", "counts", "values" -> {
                if (parser.currentToken() != JsonToken.START_OBJECT) {
                    throw refused("The argument " + name + " of " + operation + " must be an object by field names.");
                }
                yield WireJson.readByField(parser);
            }
            default -> WireJson.readValue(parser);
        };
    }

    /** Adds the key to the details of the refusal, if it was read. */
    StorageException located(StorageException refusal) {
        return members.get("key") instanceof String key && !refusal.details().containsKey("key")
                ? refusal.with("key", key)
                : refusal;
    }

    String key() {
        Object key = required("key");
        if (key instanceof String text) {
            return text;
        }
        throw new StorageException(ErrorCode.INVALID_KEY, "The key of " + operation + " must be a string. (KEY-2)");
    }

    Hash record() {
        // readMemberOf has read it as a record.
        return (Hash) Objects.requireNonNull(required("value"));
    }

    @Nullable
    Object value() {
        return required("value");
    }

    String field() {
        if (required("field") instanceof String text) {
            return text;
        }
        throw refused("The argument field of " + operation + " must be a string.");
    }

    /** Returns null if it is omitted. */
    @Nullable
    List<String> fields() {
        if (!members.containsKey("fields")) {
            return null;
        }
        if (members.get("fields") instanceof List<?> list) {
            List<String> fields = new ArrayList<>();
            for (Object field : list) {
                if (field instanceof String text) {
                    fields.add(text);
                }
            }
            if (fields.size() == list.size()) {
                return fields;
            }
        }
        throw refused("The argument fields of " + operation + " must be a list of strings. Omit it for all fields.");
    }

    OptionalLong ifVersion() {
        if (!members.containsKey("ifVersion")) {
            return OptionalLong.empty();
        }
        long version = wholeNumber("ifVersion", members.get("ifVersion"));
        if (version < 0) {
            throw refused("The argument ifVersion of " + operation
                    + " must not be negative. 0 means that there is no record.");
        }
        return OptionalLong.of(version);
    }

    /** If omitted, a put removes the expiry and other operations keep it. Null removes it (TTL-4, TTL-5). */
    Ttl ttl(Ttl ifOmitted) {
        boolean keep = keepTtl();
        if (!members.containsKey("ttl")) {
            return keep ? Ttl.keep() : ifOmitted;
        }
        if (keep) {
            throw refused("put has both ttl and keepTtl; only one of them is allowed.");
        }
        Object ttl = members.get("ttl");
        return ttl == null ? Ttl.none() : Ttl.of(Duration.ofSeconds(wholeNumber("ttl", ttl)));
    }

    private boolean keepTtl() {
        if (!members.containsKey("keepTtl")) {
            return false;
        }
        if (members.get("keepTtl") instanceof Boolean keep) {
            return keep;
        }
        throw refused("The argument keepTtl of put must be true or false.");
    }

    boolean mentions(String name) {
        return members.containsKey(name);
    }

    double amount() {
        return members.containsKey("amount") ? number("amount", members.get("amount")) : 1;
    }

    Map<String, Double> amounts() {
        Map<String, Double> amounts = new LinkedHashMap<>();
        byField("amounts").asMap().forEach((field, amount) -> amounts.put(field, number("amounts", amount)));
        return amounts;
    }

    Map<String, Integer> counts() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        // No list has 2^31 elements, so a larger count also means all of them.
        byField("counts")
                .asMap()
                .forEach((field, count) -> counts.put(field, (int)
                        Math.max(-1, Math.min(Integer.MAX_VALUE, wholeNumber("counts", count)))));
        return counts;
    }

    Hash byField(String name) {
        // readMemberOf has read it as an object by field names.
        return (Hash) Objects.requireNonNull(required(name));
    }

    private @Nullable Object required(String name) {
        if (!members.containsKey(name)) {
            throw refused("The body of " + operation + " must have the argument " + name + ".");
        }
        return members.get(name);
    }

    private double number(String name, @Nullable Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw refused("The argument " + name + " of " + operation + " must be a number or consist of numbers.");
    }

    private long wholeNumber(String name, @Nullable Object value) {
        if (value instanceof Number number) {
            double exact = number.doubleValue();
            if (exact == Math.rint(exact) && Math.abs(exact) <= MAX_EXACT_INTEGER) {
                return number.longValue();
            }
        }
        throw refused(
                "The argument " + name + " of " + operation + " must be a whole number or consist of whole numbers.");
    }

    public static StorageException refused(String message) {
        return new StorageException(ErrorCode.INVALID_REQUEST, message);
    }
}
