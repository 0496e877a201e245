package dev.stowage.emulator.record;

import dev.stowage.storage.Hash;
import dev.stowage.storage.wire.WireJson;

/**
 * What a record holds: its fields as a {@link Hash}, or as the bytes that travel. It keeps one of the two, the one asked
 * for last, and makes the other when somebody wants it. Over HTTP that is bytes in and bytes out, in process a hash in and
 * a hash out, and a million records cost the memory of one form, not of two. Immutable to everyone who looks.
 */
public final class RecordContent {

    /** The two forms. */
    public enum Form {
        /** For doors that speak Java. */
        HASH,
        /** For doors that speak the wire protocol: the bytes are made once, on the write, and written by the read. */
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

    /** @param json the record as {@link WireJson#encodeRecord} writes it; not to be changed afterwards */
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

    /** The record in UTF-8, as the wire protocol writes it. Not to be changed by the caller. */
    public byte[] json() {
        Object current = form;
        if (current instanceof byte[] json) {
            return json;
        }
        byte[] json = WireJson.encodeRecord((Hash) current);
        keep(json);
        return json;
    }

    /** True if the bytes are at most so many (VAL-8); a hash that can't come near the limit is not encoded for it. */
    public boolean fits(long limit) {
        Object current = form;
        return (current instanceof Hash hash && WireJson.encodedLengthAtMost(hash) <= limit) || size() <= limit;
    }

    /** How many bytes {@link #json()} has. */
    public int size() {
        Object current = form;
        return current instanceof byte[] json ? json.length : WireJson.encodeRecord((Hash) current).length;
    }

    /** Takes on the form in which it will be wanted. */
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
