package dev.stowage.emulator.http.exchange;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import io.javalin.http.Context;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks the headers that say how a body is encoded. The server reads bodies as UTF-8 that is not compressed. */
public final class BodyHeaders {

    private static final Pattern UTF_8 = Pattern.compile("[^\"]*;\\s*charset=(utf-?8|\"utf-?8\"|us-ascii)\\s*(;.*)?");

    private BodyHeaders() {}

    /**
     * Checks that the body is not compressed.
     *
     * @throws StorageException {@code invalid_request} if it is
     */
    public static void checkNotCompressed(Context ctx) {
        checkNotCompressed(ctx.req().getHeader("Content-Encoding"));
    }

    /**
     * Checks that the body is not compressed.
     *
     * @param encoding the value of {@code Content-Encoding}; null if there is none
     * @throws StorageException {@code invalid_request} if it is
     */
    public static void checkNotCompressed(@Nullable String encoding) {
        if (encoding != null && !encoding.trim().equalsIgnoreCase("identity")) {
            throw new StorageException(
                    ErrorCode.INVALID_REQUEST,
                    "The body has the Content-Encoding '" + encoding
                            + "', which this server does not read. Send the body"
                            + " without a Content-Encoding, not compressed.");
        }
    }

    /**
     * Checks that the body has at most one content type, and that its charset is UTF-8 or omitted.
     *
     * @throws StorageException {@code invalid_request} if not
     */
    public static void checkUtf8(Context ctx) {
        List<String> types = Collections.list(ctx.req().getHeaders("Content-Type"));
        if (types.size() > 1) {
            throw new StorageException(
                    ErrorCode.INVALID_REQUEST, "The request has more than one Content-Type: " + types + ".");
        }
        for (String type : types) {
            String lowerCase = type.toLowerCase(Locale.ROOT);
            int charset = lowerCase.indexOf("charset");
            if (charset >= 0
                    && (lowerCase.indexOf("charset", charset + 1) >= 0
                            || !UTF_8.matcher(lowerCase).matches())) {
                throw new StorageException(
                        ErrorCode.INVALID_REQUEST,
                        "The Content-Type '" + type + "' does not have the charset UTF-8. Bodies must be UTF-8.");
            }
        }
    }
}
