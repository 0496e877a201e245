package dev.stowage.storage.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import dev.stowage.storage.Hash;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes values as JSON in UTF-8. A set is an object whose only member is {@code $numberSet} or
 * {@code $stringSet}; a hash that would look like one is wrapped in {@code $literal}.
 */
public final class WireJson {

    static final String NUMBER_SET = "$numberSet";
    static final String STRING_SET = "$stringSet";
    static final String LITERAL = "$literal";

    /** More than the size limit of a record, so that a long name is refused with {@code record_too_large} (VAL-8). */
    private static final int LONGEST_NAME = 4 * 1024 * 1024;

    /** In characters; a longer number is refused as {@code invalid_value}. */
    static final int LONGEST_NUMBER = 100_000;

    /** Reads NaN and infinities, so that they are refused as {@code invalid_value} (VAL-6) and not as malformed JSON. */
    private static final JsonFactory FACTORY = newFactory();

    private WireJson() {}

    private static JsonFactory newFactory() {
        JsonFactoryBuilder builder = new JsonFactoryBuilder()
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS);
        JacksonFeatures.useUtf8(builder);
        JacksonFeatures.useFastNumbers(builder);
        JacksonFeatures.limit(builder, LONGEST_NUMBER, LONGEST_NAME);
        return builder.build();
    }

    /** The factory of the parsers and generators to be used with this class. */
    public static JsonFactory factory() {
        return FACTORY;
    }

    /** The record as JSON without white space. */
    public static byte[] encodeRecord(Hash record) {
        return encode(generator -> writeRecord(generator, record));
    }

    /** Writes JSON with a generator. */
    @FunctionalInterface
    public interface JsonAction {
        void write(JsonGenerator generator) throws IOException;
    }

    /** The JSON that the action writes, in UTF-8. */
    public static byte[] encode(JsonAction action) {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder(FACTORY._getBufferRecycler());
                JsonGenerator generator = FACTORY.createGenerator(bytes)) {
            action.write(generator);
            generator.flush();
            return bytes.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /**
     * An upper bound of the length of {@link #encodeRecord}'s result, without encoding the record: most records are far
     * below the size limit.
     */
    public static long encodedLengthAtMost(Hash record) {
        return ValueLength.atMost(record);
    }

    /** The record that {@link #encodeRecord} wrote. */
    public static Hash decodeRecord(byte[] json) {
        try (JsonParser parser = FACTORY.createParser(json)) {
            parser.nextToken();
            return readRecord(parser);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The length in bytes of a key as a JSON string, quotes included: its share of the size limit (VAL-8). */
    public static int encodedLength(String key) {
        return new SerializedString(key).asQuotedUTF8().length + 2;
    }

    /** Writes a value in its canonical form (see {@link Hash}). */
    public static void writeValue(JsonGenerator generator, @Nullable Object value) throws IOException {
        ValueWriter.write(generator, value);
    }

    /** Writes a record. */
    public static void writeRecord(JsonGenerator generator, Hash record) throws IOException {
        ValueWriter.write(generator, record);
    }

    /**
     * Reads the value that starts at the current token.
     *
     * @throws dev.stowage.storage.StorageException {@code invalid_value} if it can't be stored
     * @throws com.fasterxml.jackson.core.JsonProcessingException if it is not JSON
     */
    public static @Nullable Object readValue(JsonParser parser) throws IOException {
        return ValueReader.readValue(parser, 1);
    }

    /** Reads a record (VAL-1); fails as {@link #readValue}. */
    public static Hash readRecord(JsonParser parser) throws IOException {
        return ValueReader.readRecord(parser);
    }

    /**
     * Reads the arguments or results of a Multi operation: an object whose member names are field names, never tags, so that
     * a field may be named {@code $literal}.
     */
    public static Hash readByField(JsonParser parser) throws IOException {
        return ValueReader.readByField(parser);
    }

    /** Writes what {@link #readByField} reads. */
    public static void writeByField(JsonGenerator generator, Hash values) throws IOException {
        ValueWriter.writeMembers(generator, values);
    }
}
