package dev.stowage.emulator.transfer;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.stowage.emulator.transfer.StoresDocument.Entry;
import dev.stowage.emulator.transfer.StoresDocument.Masked;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.StoreName;
import dev.stowage.storage.Ttl;
import dev.stowage.storage.wire.WireJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A document as JSON: {@code {"format": "stowage/1", "stores": {"kvStore": {"key": {"value": {…}, "ttl": 60}}}}}, values as
 * the wire protocol writes them, indented.
 */
public final class DocumentJson {

    static final String FORMAT = "stowage/1";

    private DocumentJson() {}

    public static byte[] write(StoresDocument document) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator generator = WireJson.factory().createGenerator(bytes)) {
            generator.setPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));
            generator.writeStartObject();
            generator.writeStringField("format", FORMAT);
            generator.writeObjectFieldStart("stores");
            for (Map.Entry<StoreName, SortedMap<String, Entry>> store :
                    document.stores().entrySet()) {
                generator.writeObjectFieldStart(store.getKey().wireName());
                for (Map.Entry<String, Entry> entry : store.getValue().entrySet()) {
                    generator.writeFieldName(entry.getKey());
                    write(generator, entry.getValue());
                }
                generator.writeEndObject();
            }
            generator.writeEndObject();
            generator.writeEndObject();
            generator.flush();
            return bytes.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static void write(JsonGenerator generator, Entry entry) throws IOException {
        generator.writeStartObject();
        if (entry instanceof StoresDocument.Plain record) {
            generator.writeFieldName("value");
            WireJson.writeRecord(generator, record.value());
            if (record.ttlSeconds().isPresent()) {
                generator.writeNumberField("ttl", record.ttlSeconds().getAsLong());
            }
        } else {
            generator.writeBooleanField("masked", true);
        }
        generator.writeEndObject();
    }

    /** @throws StorageException {@code invalid_request} for what is no such document; {@code invalid_value} for a value */
    public static StoresDocument read(byte[] json) {
        try (JsonParser parser = WireJson.factory().createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw refused("it is no JSON object");
            }
            StoresDocument document = null;
            boolean formatSeen = false;
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                switch (name) {
                    case "format" -> {
                        if (!FORMAT.equals(parser.getText())) {
                            throw refused("its format is not " + FORMAT);
                        }
                        formatSeen = true;
                    }
                    case "stores" -> document = new StoresDocument(readStores(parser));
                    default -> throw refused("it has the unknown member '" + name + "'");
                }
            }
            if (parser.nextToken() != null || !formatSeen || document == null) {
                throw refused("it must have a format and stores, and nothing behind them");
            }
            return document;
        } catch (JsonProcessingException invalid) {
            throw refused("it is not valid JSON, or was cut off");
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static Map<StoreName, SortedMap<String, Entry>> readStores(JsonParser parser) throws IOException {
        Map<StoreName, SortedMap<String, Entry>> stores = new EnumMap<>(StoreName.class);
        expectObject(parser, "stores");
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            StoreName store = StoreName.of(name).orElseThrow(() -> refused("it names a store that there isn't"));
            parser.nextToken();
            expectObject(parser, name);
            SortedMap<String, Entry> entries = new TreeMap<>();
            for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
                parser.nextToken();
                expectObject(parser, "the record '" + key + "'");
                if (entries.put(key, readEntry(parser, key)) != null) {
                    throw refused("the key '" + key + "' is there twice");
                }
            }
            if (stores.put(store, entries) != null) {
                throw refused("the store " + store + " is there twice");
            }
        }
        return stores;
    }

    private static Entry readEntry(JsonParser parser, String key) throws IOException {
        @Nullable Hash value = null;
        OptionalLong ttl = OptionalLong.empty();
        boolean masked = false;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            switch (name) {
                case "value" -> value = WireJson.readRecord(parser);
                case "ttl" -> ttl = OptionalLong.of(readTtl(parser, key));
                case "masked" -> masked = true;
                default -> throw refused("the record '" + key + "' has the unknown member '" + name + "'");
            }
        }
        if (masked) {
            return new Masked();
        }
        if (value == null) {
            throw refused("the record '" + key + "' has no value");
        }
        return new StoresDocument.Plain(value, ttl);
    }

    /** A record in its last second has 0 left. */
    private static long readTtl(JsonParser parser, String key) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
                || !parser.getNumberType().equals(JsonParser.NumberType.INT)
                || parser.getIntValue() < 0
                || parser.getIntValue() > Ttl.MAX_SECONDS) {
            throw refused("the ttl of '" + key + "' is no whole number from 0 to " + Ttl.MAX_SECONDS);
        }
        return parser.getIntValue();
    }

    private static void expectObject(JsonParser parser, String what) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw refused(what + " must be an object");
        }
    }

    static StorageException refused(String why) {
        return new StorageException(
                ErrorCode.INVALID_REQUEST, "The document was not loaded, and nothing was changed: " + why + ".");
    }
}
