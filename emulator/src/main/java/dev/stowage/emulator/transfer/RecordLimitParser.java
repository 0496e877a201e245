package dev.stowage.emulator.transfer;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.StoreName;
import dev.stowage.storage.wire.WireJson;
import java.io.IOException;
import java.io.Reader;
import java.util.Map;

/**
 * Stops reading a record when it is larger than a record may be. It counts two things:
 *
 * <ul>
 *   <li>the tokens, each with the fewest bytes that it takes in a stored record, so that {@code [],[],…} is refused before the
 *       lists take much more memory than a record;
 *   <li>the characters other than white space, so that a long string is refused before it was read. A character can take six
 *       ({@code \\u0041}) and is then stored as one byte.
 * </ul>
 */
final class RecordLimitParser extends JsonParserDelegate {

    private static final int LONGEST_ESCAPE = 6;
    private static final int READ_AHEAD = 64 * 1024;

    private final CountingReader text;
    private final int maxRecordBytes;
    private long tokenBytes = Long.MIN_VALUE;

    RecordLimitParser(Reader text, int maxRecordBytes) throws IOException {
        this(new CountingReader(text), maxRecordBytes);
    }

    private RecordLimitParser(CountingReader text, int maxRecordBytes) throws IOException {
        super(WireJson.factory().createParser(text));
        this.text = text;
        this.maxRecordBytes = maxRecordBytes;
    }

    /**
     * Reads the record that starts at the current token.
     *
     * @throws StorageException {@code record_too_large} as soon as it is larger than the limit
     */
    Hash readRecord(StoreName store, String key) throws IOException {
        tokenBytes = 0;
        text.setRemaining((long) LONGEST_ESCAPE * maxRecordBytes + READ_AHEAD);
        try {
            return WireJson.readRecord(this);
        } catch (TooLargeException tooLarge) {
            throw new StorageException(
                    ErrorCode.RECORD_TOO_LARGE,
                    "The document was not loaded, and nothing was changed: the record '" + key + "' in " + store
                            + " is larger than the limit of " + maxRecordBytes + " bytes. (VAL-8)",
                    Map.of("store", store.wireName(), "key", key, "limit", maxRecordBytes));
        } finally {
            tokenBytes = Long.MIN_VALUE;
            text.setRemaining(Long.MAX_VALUE);
        }
    }

    @Override
    public JsonToken nextToken() throws IOException {
        JsonToken token = super.nextToken();
        if (token != null) {
            // Without commas: "[]" and "{}" have two bytes, a name has two quotes and a colon, and a value has at least
            // one.
            tokenBytes += token.isStructEnd() ? 0 : token.isStructStart() ? 2 : token == JsonToken.FIELD_NAME ? 3 : 1;
            if (tokenBytes > maxRecordBytes) {
                throw new TooLargeException();
            }
        }
        return token;
    }

    /** A record is larger than a record may be. */
    private static final class TooLargeException extends IOException {

        private static final long serialVersionUID = 1;
    }

    /** Fails when more characters than allowed were read, white space not counted. */
    private static final class CountingReader extends Reader {

        private final Reader text;
        private long remaining = Long.MAX_VALUE;

        CountingReader(Reader text) {
            this.text = text;
        }

        void setRemaining(long characters) {
            remaining = characters;
        }

        @Override
        public int read(char[] buffer, int offset, int length) throws IOException {
            int n = text.read(buffer, offset, length);
            for (int i = offset; i < offset + n; i++) {
                if (buffer[i] > ' ') {
                    remaining--;
                }
            }
            if (remaining < 0) {
                throw new TooLargeException();
            }
            return n;
        }

        @Override
        public void close() throws IOException {
            text.close();
        }
    }
}
