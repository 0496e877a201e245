package dev.stowage.emulator.http.exchange;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import io.javalin.http.Context;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Decodes parts of a URL. Text that is not percent-encoded UTF-8 is refused, because a guess could widen what a call affects. */
public final class PercentEncoding {

    private static final int LONGEST_QUOTE = 40;

    private PercentEncoding() {}

    /**
     * Checks the path of a request, with its path parameters, which Jetty does not check.
     *
     * @throws StorageException {@code invalid_request} if it is not percent-encoded UTF-8
     */
    public static void checkPath(Context ctx) {
        String path = ctx.req().getRequestURI();
        if (path.indexOf('%') >= 0) {
            decode("path", path);
        }
    }

    /**
     * Decodes a text, with {@code +} for a space.
     *
     * @param part the name of the part of the URL, for the message
     * @throws StorageException {@code invalid_request} if it is not percent-encoded UTF-8
     */
    public static String decode(String part, String text) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            boolean isEscape = c == '%';
            if (c <= ' ' || c > '~' || (isEscape && !(isHexDigit(text, at + 1) && isHexDigit(text, at + 2)))) {
                throw refused("The " + part + " is not percent-encoded at '" + shortened(text.substring(at))
                        + "'. Write % as %25, and other characters as UTF-8 in %XX.");
            }
        }
        byte[] bytes = URLDecoder.decode(text, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw refused("The " + part + " is not UTF-8 in '" + shortened(text) + "'.");
        }
    }

    private static StorageException refused(String message) {
        return new StorageException(ErrorCode.INVALID_REQUEST, message);
    }

    private static boolean isHexDigit(String text, int at) {
        return at < text.length() && Character.digit(text.charAt(at), 16) >= 0;
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
    }
}
