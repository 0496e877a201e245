package dev.stowage.emulator.http.exchange;

/** The byte order mark that some editors and shells write at the start of a file in UTF-8. It is no part of the JSON after it. */
public final class ByteOrderMark {

    /** The mark as a character. */
    public static final char CHARACTER = '\ufeff';

    private ByteOrderMark() {}

    /** Returns the length in bytes of the mark at the start of a body; 0 if it has none. */
    public static int lengthIn(byte[] body) {
        return body.length >= 3 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB && body[2] == (byte) 0xBF ? 3 : 0;
    }
}
