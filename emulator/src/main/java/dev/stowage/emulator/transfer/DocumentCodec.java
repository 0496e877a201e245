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
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes documents as indented JSON: {@code {"format": "stowage/1", "stores": {"kvStore": {"key": {"value": {…},
 * "ttl": 60}}}}}. Values have the form of the wire protocol. The document of an app has the format {@code stowage-app/1}; it
 * contains the installs, each with {@code trackerId} and stores, and the shared store.
 */
public final class DocumentCodec {

    static final String FORMAT = "stowage/1";
    static final String APP_FORMAT = "stowage-app/1";

    private DocumentCodec() {}

    public static byte[] write(StoresDocument document) {
        return write(generator -> {
            generator.writeStringField("format", FORMAT);
            writeStores(generator, document);
        });
    }

    public static byte[] write(AppDocument document) {
        return write(generator -> {
            generator.writeStringField("format", APP_FORMAT);
            generator.writeArrayFieldStart("installs");
            for (AppDocument.InstallPart install : document.installs()) {
                generator.writeStartObject();
                generator.writeStringField("trackerId", install.trackerId());
                writeStores(generator, install.stores());
                generator.writeEndObject();
            }
            generator.writeEndArray();
            writeStores(generator, document.shared());
        });
    }

    private interface Members {
        void write(JsonGenerator generator) throws IOException;
    }

    private static byte[] write(Members members) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        try (JsonGenerator generator = WireJson.factory().createGenerator(bytes)) {
            generator.setPrettyPrinter(
                    new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines));
            generator.writeStartObject();
            members.write(generator);
            generator.writeEndObject();
            generator.writeRaw('\n');
            generator.flush();
            return bytes.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static void writeStores(JsonGenerator generator, StoresDocument document) throws IOException {
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

    /** @throws StorageException {@code invalid_request} if the document is malformed; {@code invalid_value} for a value that can't be stored */
    public static StoresDocument read(byte[] json) {
        return read(json, parser -> {
            StoresDocument document = null;
            boolean formatSeen = false;
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                switch (name) {
                    case "format" -> formatSeen = checkFormat(parser, FORMAT);
                    case "stores" -> document = new StoresDocument(readStores(parser));
                    default -> throw refused("it has the unknown member '" + name + "'");
                }
            }
            if (!formatSeen || document == null) {
                throw refused("it must have a format and stores");
            }
            return document;
        });
    }

    /** Reads the document of an app; refuses as {@link #read} does. */
    public static AppDocument readApp(byte[] json) {
        return read(json, parser -> {
            StoresDocument shared = null;
            List<AppDocument.InstallPart> installs = null;
            boolean formatSeen = false;
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                switch (name) {
                    case "format" -> formatSeen = checkFormat(parser, APP_FORMAT);
                    case "installs" -> installs = readInstalls(parser);
                    case "stores" -> shared = new StoresDocument(readStores(parser));
                    default -> throw refused("it has the unknown member '" + name + "'");
                }
            }
            if (!formatSeen || shared == null || installs == null) {
                throw refused("it must have a format, installs and stores");
            }
            checkStores(shared, EnumSet.of(StoreName.SHARED_KV_STORE), "an app");
            return new AppDocument(installs, shared);
        });
    }

    private interface Reading<T> {
        T read(JsonParser parser) throws IOException;
    }

    private static <T> T read(byte[] json, Reading<T> reading) {
        try (JsonParser parser = WireJson.factory().createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw refused("it is not a JSON object");
            }
            T document = reading.read(parser);
            if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
                throw refused("there is text after its end");
            }
            return document;
        } catch (JsonProcessingException invalid) {
            throw refused("it is not valid JSON, or was cut off");
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static boolean checkFormat(JsonParser parser, String format) throws IOException {
        if (!format.equals(parser.getText())) {
            throw refused("its format is not " + format);
        }
        return true;
    }

    private static List<AppDocument.InstallPart> readInstalls(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw refused("installs must be a list");
        }
        List<AppDocument.InstallPart> installs = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            expectObject(parser, "an install");
            String trackerId = null;
            StoresDocument stores = null;
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                switch (name) {
                    case "trackerId" -> trackerId = parser.getText();
                    case "stores" -> stores = new StoresDocument(readStores(parser));
                    default -> throw refused("an install has the unknown member '" + name + "'");
                }
            }
            if (trackerId == null || stores == null) {
                throw refused("an install must have a trackerId and stores");
            }
            checkStores(stores, EnumSet.complementOf(EnumSet.of(StoreName.SHARED_KV_STORE)), "an install");
            installs.add(new AppDocument.InstallPart(trackerId, stores));
        }
        return installs;
    }

    private static void checkStores(StoresDocument document, Set<StoreName> allowed, String of) {
        if (!allowed.containsAll(document.stores().keySet())) {
            throw refused("only these stores can be in " + of + ": " + allowed);
        }
    }

    private static Map<StoreName, SortedMap<String, Entry>> readStores(JsonParser parser) throws IOException {
        Map<StoreName, SortedMap<String, Entry>> stores = new EnumMap<>(StoreName.class);
        expectObject(parser, "stores");
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            String storeName = name;
            StoreName store = StoreName.of(storeName)
                    .orElseThrow(() -> refused("it contains the unknown store '" + storeName + "'"));
            parser.nextToken();
            expectObject(parser, name);
            SortedMap<String, Entry> entries = new TreeMap<>();
            for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
                parser.nextToken();
                expectObject(parser, "the record '" + key + "'");
                if (entries.put(key, readEntry(parser, key)) != null) {
                    throw refused("it contains the key '" + key + "' twice");
                }
            }
            if (stores.put(store, entries) != null) {
                throw refused("it contains the store " + store + " twice");
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

    /** A record in its last second has a remaining ttl of 0. */
    private static long readTtl(JsonParser parser, String key) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
                || !parser.getNumberType().equals(JsonParser.NumberType.INT)
                || parser.getIntValue() < 0
                || parser.getIntValue() > Ttl.MAX_SECONDS) {
            throw refused("the ttl of '" + key + "' must be a whole number from 0 to " + Ttl.MAX_SECONDS);
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
