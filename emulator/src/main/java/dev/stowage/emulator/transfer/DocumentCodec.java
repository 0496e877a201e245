package dev.stowage.emulator.transfer;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.stowage.emulator.transfer.StoresDocument.Entry;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.StoreName;
import dev.stowage.storage.wire.WireJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.SortedMap;

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

    /**
     * Reads the stores of an install.
     *
     * @throws StorageException {@code invalid_request} if the document is malformed; {@code invalid_value} for a value that can't
     *     be stored
     */
    public static StoresDocument read(byte[] json) {
        return new DocumentReader(Integer.MAX_VALUE).read(new ByteArrayInputStream(json));
    }

    /** Reads the document of an app; refuses as {@link #read} does. */
    public static AppDocument readApp(byte[] json) {
        return new DocumentReader(Integer.MAX_VALUE).readApp(new ByteArrayInputStream(json));
    }

    static StorageException refused(String why) {
        return new StorageException(
                ErrorCode.INVALID_REQUEST, "The document was not loaded, and nothing was changed: " + why + ".");
    }
}
