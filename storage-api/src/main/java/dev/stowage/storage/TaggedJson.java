package dev.stowage.storage;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How any Jackson mapper writes and reads a {@link Hash}: as the object that it is, in the form of the wire protocol. A set
 * is an object whose only member is {@code $numberSet} or {@code $stringSet}; a hash that would look like one is wrapped in
 * {@code $literal}.
 */
final class TaggedJson {

    static final String NUMBER_SET = "$numberSet";
    static final String STRING_SET = "$stringSet";
    static final String LITERAL = "$literal";

    private TaggedJson() {}

    /** Writes every field, also those with the value null, whatever the mapper leaves out elsewhere (VAL-7). */
    static final class HashSerializer extends JsonSerializer<Hash> {

        @Override
        public void serialize(Hash hash, JsonGenerator generator, SerializerProvider provider) throws IOException {
            boolean literal = hash.size() == 1 && isTag(hash.fields().iterator().next());
            if (literal) {
                generator.writeStartObject();
                generator.writeFieldName(LITERAL);
            }
            generator.writeStartObject();
            for (Map.Entry<String, @Nullable Object> field : hash.asMap().entrySet()) {
                generator.writeFieldName(field.getKey());
                writeValue(field.getValue(), generator, provider);
            }
            generator.writeEndObject();
            if (literal) {
                generator.writeEndObject();
            }
        }

        private void writeValue(@Nullable Object value, JsonGenerator generator, SerializerProvider provider)
                throws IOException {
            if (value instanceof Hash hash) {
                serialize(hash, generator, provider);
            } else if (value instanceof List<?> list) {
                generator.writeStartArray();
                for (Object element : list) {
                    writeValue(element, generator, provider);
                }
                generator.writeEndArray();
            } else {
                provider.defaultSerializeValue(value, generator);
            }
        }

        @Override
        public void serializeWithType(
                Hash hash, JsonGenerator generator, SerializerProvider provider, TypeSerializer typeSerializer)
                throws IOException {
            serialize(hash, generator, provider);
        }
    }

    private static boolean isTag(String name) {
        return name.equals(NUMBER_SET) || name.equals(STRING_SET) || name.equals(LITERAL);
    }

    /** The hash that an object of plain maps and lists stands for. */
    static Hash toHash(Map<?, ?> object) {
        if (toValue(object) instanceof Hash hash) {
            return hash;
        }
        throw new StorageException(ErrorCode.INVALID_VALUE, "The JSON object is a set; expected: a hash. (VAL-3)");
    }

    static NumberSet toNumberSet(Map<?, ?> object) {
        if (toValue(object) instanceof NumberSet set) {
            return set;
        }
        throw notTagged(NUMBER_SET);
    }

    static StringSet toStringSet(Map<?, ?> object) {
        if (toValue(object) instanceof StringSet set) {
            return set;
        }
        throw notTagged(STRING_SET);
    }

    private static @Nullable Object toValue(@Nullable Object json) {
        if (json instanceof Map<?, ?> object) {
            return toObject(object);
        }
        if (json instanceof Object[] array) {
            return toValue(Arrays.asList(array));
        }
        if (json instanceof Collection<?> list) {
            List<@Nullable Object> values = new ArrayList<>(list.size());
            list.forEach(element -> values.add(toValue(element)));
            return values;
        }
        return json;
    }

    private static Object toObject(Map<?, ?> object) {
        if (object.size() == 1) {
            Map.Entry<?, ?> only = object.entrySet().iterator().next();
            if (NUMBER_SET.equals(only.getKey())) {
                return NumberSet.from(membersOf(NUMBER_SET, only.getValue(), Number.class));
            }
            if (STRING_SET.equals(only.getKey())) {
                return StringSet.from(membersOf(STRING_SET, only.getValue(), String.class));
            }
            if (LITERAL.equals(only.getKey()) && only.getValue() instanceof Map<?, ?> fields) {
                return toFields(fields);
            }
        }
        return toFields(object);
    }

    private static Hash toFields(Map<?, ?> object) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        object.forEach((name, value) -> fields.put(String.valueOf(name), toValue(value)));
        return Hash.from(fields);
    }

    private static <T> List<T> membersOf(String tag, @Nullable Object json, Class<T> type) {
        Object list = json instanceof Object[] array ? Arrays.asList(array) : json;
        if (list instanceof Collection<?> members && members.stream().allMatch(type::isInstance)) {
            return members.stream().map(type::cast).toList();
        }
        throw notTagged(tag);
    }

    private static StorageException notTagged(String tag) {
        return new StorageException(
                ErrorCode.INVALID_VALUE,
                "The JSON object is not a set; expected: {\"" + tag + "\": […]} with a list of "
                        + (tag.equals(NUMBER_SET) ? "numbers" : "strings") + ". (VAL-3)");
    }
}
