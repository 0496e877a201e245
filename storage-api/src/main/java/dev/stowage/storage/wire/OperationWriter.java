package dev.stowage.storage.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.stowage.storage.Hash;
import dev.stowage.storage.NumberSet;
import dev.stowage.storage.StringSet;
import dev.stowage.storage.Ttl;
import dev.stowage.storage.operation.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Writes the body of an operation's request. */
public final class OperationWriter {

    private OperationWriter() {}

    /**
     * The body as JSON in UTF-8.
     *
     * @param keyValue whether the store is a key-value store; the base stores take no ttl (TTL-9)
     */
    public static byte[] body(Operation operation, boolean keyValue) {
        return WireJson.encode(generator -> {
            generator.writeStartObject();
            generator.writeStringField("key", operation.key());
            try {
                operation.accept(new Members(generator, keyValue));
            } catch (UncheckedIOException wrapped) {
                throw wrapped.getCause();
            }
            generator.writeEndObject();
        });
    }

    private interface WriteAction {
        void write() throws IOException;
    }

    /** Writes the members after {@code key}. */
    private record Members(JsonGenerator generator, boolean keyValue) implements Operation.Visitor<JsonGenerator> {

        private JsonGenerator write(WriteAction action) {
            try {
                action.write();
                return generator;
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            }
        }

        @Override
        public JsonGenerator get(Operation.Get get) {
            return write(() -> writeFields(get.fields()));
        }

        @Override
        public JsonGenerator put(Operation.Put put) {
            return write(() -> {
                writeRecord(put.value());
                if (keyValue && put.ttl().isKeep()) {
                    generator.writeBooleanField("keepTtl", true);
                }
                writeSeconds(put.ttl());
                writeIfVersion(put.ifVersion());
            });
        }

        @Override
        public JsonGenerator patch(Operation.Patch patch) {
            return write(() -> {
                writeRecord(patch.value());
                writeTtl(patch.ttl());
                writeIfVersion(patch.ifVersion());
            });
        }

        @Override
        public JsonGenerator delete(Operation.Delete delete) {
            return write(() -> {
                writeFields(delete.fields());
                writeIfVersion(delete.ifVersion());
            });
        }

        @Override
        public JsonGenerator exists(Operation.Exists exists) {
            return generator;
        }

        @Override
        public JsonGenerator increment(Operation.Increment increment) {
            return write(() -> {
                if (increment.multi()) {
                    generator.writeObjectFieldStart("amounts");
                    for (Map.Entry<String, Double> amount : increment.amounts().entrySet()) {
                        generator.writeFieldName(amount.getKey());
                        ValueWriter.write(generator, amount.getValue());
                    }
                    generator.writeEndObject();
                } else {
                    Map.Entry<String, Double> amount = only(increment.amounts());
                    generator.writeStringField("field", amount.getKey());
                    generator.writeFieldName("amount");
                    ValueWriter.write(generator, amount.getValue());
                }
                writeTtl(increment.ttl());
            });
        }

        @Override
        public JsonGenerator listInsert(Operation.ListInsert insert) {
            return write(() -> writeValues(insert.values(), insert.multi()));
        }

        @Override
        public JsonGenerator listTake(Operation.ListTake take) {
            return write(() -> {
                if (take.multi()) {
                    generator.writeObjectFieldStart("counts");
                    for (Map.Entry<String, Integer> count : take.counts().entrySet()) {
                        generator.writeNumberField(count.getKey(), count.getValue());
                    }
                    generator.writeEndObject();
                } else {
                    generator.writeStringField("field", only(take.counts()).getKey());
                }
            });
        }

        @Override
        public JsonGenerator setMembers(Operation.SetMembers members) {
            return write(() -> writeValues(members.values(), members.multi()));
        }

        private void writeFields(@Nullable List<String> fields) throws IOException {
            if (fields != null) {
                generator.writeFieldName("fields");
                ValueWriter.write(generator, fields);
            }
        }

        private void writeRecord(Hash value) throws IOException {
            generator.writeFieldName("value");
            WireJson.writeRecord(generator, value);
        }

        private void writeIfVersion(OptionalLong version) throws IOException {
            if (version.isPresent()) {
                generator.writeNumberField("ifVersion", version.getAsLong());
            }
        }

        /** For patch and the increments: absent keeps the expiry, null removes it. */
        private void writeTtl(Ttl ttl) throws IOException {
            if (keyValue && ttl.isNone()) {
                generator.writeNullField("ttl");
            }
            writeSeconds(ttl);
        }

        private void writeSeconds(Ttl ttl) throws IOException {
            if (ttl.duration().isPresent()) {
                generator.writeNumberField("ttl", ttl.duration().get().toSeconds());
            }
        }

        private void writeValues(Hash values, boolean multi) throws IOException {
            if (multi) {
                generator.writeObjectFieldStart("values");
                for (Map.Entry<String, @Nullable Object> value : values.asMap().entrySet()) {
                    generator.writeFieldName(value.getKey());
                    ValueWriter.write(generator, asList(value.getValue()));
                }
                generator.writeEndObject();
            } else {
                Map.Entry<String, @Nullable Object> value = only(values.asMap());
                generator.writeStringField("field", value.getKey());
                generator.writeFieldName("value");
                ValueWriter.write(generator, asList(value.getValue()).get(0));
            }
        }

        private static List<?> asList(@Nullable Object values) {
            if (values instanceof NumberSet set) {
                return set.members();
            }
            if (values instanceof StringSet set) {
                return set.members();
            }
            if (values instanceof List<?> list) {
                return list;
            }
            throw new IllegalArgumentException("not a list or a set: " + values);
        }

        private static <V extends @Nullable Object> Map.Entry<String, V> only(Map<String, V> map) {
            return map.entrySet().iterator().next();
        }
    }
}
