package dev.stowage.emulator.record;

import dev.stowage.storage.Hash;
import dev.stowage.storage.wire.WireJson;

/**
 * What a record holds: its fields as a {@link Hash}, or as the bytes that travel. It keeps one of the two, the one asked
 * for last, and makes the other when somebody wants it. Over HTTP that is bytes in and bytes out, in process a hash in and
 * a hash out, and a million records cost the memory of one form, not of two. Immutable to everyone who looks.
 */
public final class Content {

    /** The two forms. */
    public enum Form {
        /** For doors that speak Java. */
        HASH,
        /** For doors that speak the wire protocol: the bytes are made once, on the write, and written by the read. */
        JSON
    }

    private static final Content EMPTY = new Content(Hash.empty(), 2);
    private static final int NOT_MEASURED = -1;

    private volatile Object form;
    private volatile int size;

    private Content(Object form, int size) {
        this.form = form;
        this.size = size;
    }

    public static Content of(Hash hash) {
        return hash.isEmpty() ? EMPTY : new Content(hash, NOT_MEASURED);
    }

    /** @param json the record as {@link WireJson#encodeRecord} writes it; not to be changed afterwards */
    public static Content ofJson(byte[] json) {
        return new Content(json, json.length);
    }

    public static Content empty() {
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

    /** How many bytes {@link #json()} has (VAL-8). Measuring a hash takes its bytes, so they are kept if they are wanted. */
    public int measure(Form wanted) {
        if (size == NOT_MEASURED) {
            byte[] json = form instanceof Hash hash ? WireJson.encodeRecord(hash) : (byte[]) form;
            size = json.length;
            if (wanted == Form.JSON) {
                keep(json);
            }
        }
        return size;
    }

    private void keep(Object other) {
        if (this != EMPTY) {
            form = other;
        }
    }
}
