package dev.stowage.emulator.record;

import dev.stowage.storage.Hash;
import dev.stowage.storage.wire.WireJson;

/**
 * The fields of a record, kept either as a {@link Hash} or as JSON bytes. It keeps only the form that was requested last and
 * converts on demand. Over HTTP, bytes come in and go out; in process, hashes do; so each record takes the memory of one
 * form. Immutable for callers.
 */
public final class RecordContent {

    /** The two forms. */
    public enum Form {
        /** For callers in process. */
        HASH,
        /** For callers over HTTP: the bytes are encoded once, on the write, and reads send them. */
        JSON
    }

    private static final RecordContent EMPTY = new RecordContent(Hash.empty());

    private volatile Object form;

    private RecordContent(Object form) {
        this.form = form;
    }

    public static RecordContent of(Hash hash) {
        return hash.isEmpty() ? EMPTY : new RecordContent(hash);
    }

    /** @param json the record as {@link WireJson#encodeRecord} writes it; the caller must not change it afterwards */
    public static RecordContent ofJson(byte[] json) {
        return new RecordContent(json);
    }

    public static RecordContent empty() {
        return EMPTY;
    }

    public Hash hash() {
        Object current = form;
        if (current instanceof Hash hash) {
            return hash;
        }
        Hash hash = WireJson.decodeRecord((byte[]) current);
        keep(hash);
        return hash;
    }

    /** The record as JSON in UTF-8, as the wire protocol writes it. The caller must not change it. */
    public byte[] json() {
        byte[] json = encode();
        keep(json);
        return json;
    }

    /** Returns {@link #json()}, but keeps the form: callers in process don't have to decode it again. */
    public byte[] encode() {
        Object current = form;
        return current instanceof byte[] json ? json : WireJson.encodeRecord((Hash) current);
    }

    /** Whether the JSON has at most {@code limit} bytes (VAL-8). A hash that is clearly smaller is not encoded for this. */
    public boolean fits(long limit) {
        Object current = form;
        return (current instanceof Hash hash && WireJson.encodedLengthAtMost(hash) <= limit) || size() <= limit;
    }

    /** An upper bound of the length of {@link #json()} in bytes, without encoding a hash. */
    public long sizeAtMost() {
        Object current = form;
        return current instanceof byte[] json ? json.length : WireJson.encodedLengthAtMost((Hash) current);
    }

    /** The length of {@link #json()} in bytes. */
    public int size() {
        return encode().length;
    }

    /** Converts to the given form in advance. */
    public void settle(Form wanted) {
        if (wanted == Form.JSON) {
            json();
        }
    }

    private void keep(Object other) {
        if (this != EMPTY) {
            form = other;
        }
    }
}
