package dev.stowage.contract.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.NumberSet;
import dev.stowage.storage.StringSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the notation of the vectors stands for: the values that a caller passes and gets. */
final class Notation {

    /** No result, or nothing where an element might be. */
    static final Object NOTHING = new Object() {
        @Override
        public String toString() {
            return "nothing";
        }
    };

    private Notation() {}

    static Object value(JsonNode notation) {
        return switch (notation.getNodeType()) {
            case NULL, MISSING -> null;
            case BOOLEAN -> notation.booleanValue();
            case NUMBER ->
                notation.isIntegralNumber() ? (Object) notation.longValue() : (Object) notation.doubleValue();
            case STRING -> notation.textValue();
            case ARRAY -> list(notation);
            default -> object(notation);
        };
    }

    static List<Object> list(JsonNode notation) {
        List<Object> list = new ArrayList<>();
        notation.forEach(element -> list.add(value(element)));
        return list;
    }

    static Hash hash(JsonNode notation) {
        return (Hash) value(notation);
    }

    private static Object object(JsonNode notation) {
        String only = notation.size() == 1 ? notation.fieldNames().next() : "";
        JsonNode content = notation.path(only);
        return switch (only) {
            case "@numberSet" ->
                NumberSet.from(
                        Vector.elements(content).map(JsonNode::numberValue).toList());
            case "@stringSet" ->
                StringSet.from(Vector.elements(content).map(JsonNode::asText).toList());
            case "@number" -> Double.parseDouble(content.asText());
            case "@units" -> {
                StringBuilder text = new StringBuilder();
                content.forEach(unit -> text.append((char) unit.asInt()));
                yield text.toString();
            }
            case "@nothing" -> NOTHING;
            case "@hash" -> {
                Hash.Builder hash = Hash.builder();
                content.forEach(field -> hash.set(field.path(0).asText(), value(field.path(1))));
                yield hash.build();
            }
            default -> {
                Hash.Builder hash = Hash.builder();
                for (Map.Entry<String, JsonNode> field : notation.properties()) {
                    hash.set(field.getKey(), value(field.getValue()));
                }
                yield hash.build();
            }
        };
    }
}
