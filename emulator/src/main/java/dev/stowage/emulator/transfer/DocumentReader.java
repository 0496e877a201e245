package dev.stowage.emulator.transfer;

import static dev.stowage.emulator.transfer.DocumentCodec.refused;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.stowage.emulator.transfer.StoresDocument.Entry;
import dev.stowage.emulator.transfer.StoresDocument.Masked;
import dev.stowage.storage.Hash;
import dev.stowage.storage.StoreName;
import dev.stowage.storage.Ttl;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
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
 * Reads one document as a stream. A record that is too large, and too many records, are refused while they are read, so that a
 * document takes no more memory than the records that could be stored.
 */
public final class DocumentReader {

    /** An empty record takes about 200 bytes. */
    static final int MAX_ENTRIES = 200_000;

    private static final char BYTE_ORDER_MARK = '\ufeff';

    private final int maxRecordBytes;
    private int entries;

    /** @param maxRecordBytes the maximum size of a record (VAL-8) */
    DocumentReader(int maxRecordBytes) {
        this.maxRecordBytes = maxRecordBytes;
    }

    /**
     * Reads the stores of an install.
     *
     * @throws dev.stowage.storage.StorageException {@code invalid_request} if the document is malformed or has too many records;
     *     {@code invalid_value} for a value that can't be stored; {@code record_too_large} for a record that is too large
     */
    public StoresDocument read(InputStream json) {
        return read(json, parser -> {
            StoresDocument document = null;
            boolean formatSeen = false;
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                switch (name) {
                    case "format" -> {
                        checkNew(formatSeen, name);
                        formatSeen = checkFormat(parser, DocumentCodec.FORMAT);
                    }
                    case "stores" -> {
                        checkNew(document != null, name);
                        document = new StoresDocument(readStores(parser));
                    }
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
    public AppDocument readApp(InputStream json) {
        return read(json, parser -> {
            StoresDocument shared = null;
            List<AppDocument.InstallPart> installs = null;
            boolean formatSeen = false;
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                switch (name) {
                    case "format" -> {
                        checkNew(formatSeen, name);
                        formatSeen = checkFormat(parser, DocumentCodec.APP_FORMAT);
                    }
                    case "installs" -> {
                        checkNew(installs != null, name);
                        installs = readInstalls(parser);
                    }
                    case "stores" -> {
                        checkNew(shared != null, name);
                        shared = new StoresDocument(readStores(parser));
                    }
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
        T read(RecordLimitParser parser) throws IOException;
    }

    private <T> T read(InputStream json, Reading<T> reading) {
        BufferedReader text = new BufferedReader(new InputStreamReader(json, StandardCharsets.UTF_8.newDecoder()));
        try (RecordLimitParser parser = new RecordLimitParser(skipByteOrderMark(text), maxRecordBytes)) {
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
        } catch (CharacterCodingException invalid) {
            throw refused("it is not valid UTF-8");
        } catch (IOException brokenOff) {
            throw refused("it could not be read to its end");
        }
    }

    private static Reader skipByteOrderMark(BufferedReader text) throws IOException {
        text.mark(1);
        if (text.read() != BYTE_ORDER_MARK) {
            text.reset();
        }
        return text;
    }

    /** Counts what takes memory even if it is empty: installs and records. */
    private void count() {
        if (++entries > MAX_ENTRIES) {
            throw refused("it has more than " + MAX_ENTRIES + " installs and records; divide it");
        }
    }

    private static void checkNew(boolean seen, String name) {
        if (seen) {
            throw refused("it has the member '" + name + "' twice in one object");
        }
    }

    private static boolean checkFormat(JsonParser parser, String format) throws IOException {
        if (!format.equals(parser.getText())) {
            throw refused("its format is not " + format);
        }
        return true;
    }

    private List<AppDocument.InstallPart> readInstalls(RecordLimitParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw refused("installs must be a list");
        }
        List<AppDocument.InstallPart> installs = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            expectObject(parser, "an install");
            count();
            String trackerId = null;
            StoresDocument stores = null;
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                switch (name) {
                    case "trackerId" -> {
                        checkNew(trackerId != null, name);
                        trackerId = parser.getText();
                    }
                    case "stores" -> {
                        checkNew(stores != null, name);
                        stores = new StoresDocument(readStores(parser));
                    }
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

    private Map<StoreName, SortedMap<String, Entry>> readStores(RecordLimitParser parser) throws IOException {
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
                count();
                if (entries.put(key, readEntry(parser, store, key)) != null) {
                    throw refused("it contains the key '" + key + "' twice");
                }
            }
            if (stores.put(store, entries) != null) {
                throw refused("it contains the store " + store + " twice");
            }
        }
        return stores;
    }

    private static Entry readEntry(RecordLimitParser parser, StoreName store, String key) throws IOException {
        @Nullable Hash value = null;
        OptionalLong ttl = OptionalLong.empty();
        boolean masked = false;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            switch (name) {
                case "value" -> {
                    checkNew(value != null, name);
                    value = parser.readRecord(store, key);
                }
                case "ttl" -> {
                    checkNew(ttl.isPresent(), name);
                    ttl = OptionalLong.of(readTtl(parser, key));
                }
                case "masked" -> {
                    checkNew(masked, name);
                    masked = true;
                }
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
}
