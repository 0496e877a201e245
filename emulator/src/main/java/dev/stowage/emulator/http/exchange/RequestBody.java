package dev.stowage.emulator.http.exchange;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import io.javalin.http.Context;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** The body of a request, up to a limit; valid UTF-8. */
public final class RequestBody {

    public static final int MAX_BYTES = 2 * 1024 * 1024;

    /** The request's attribute that holds its body, as bytes, where it was read already. */
    public static final String ATTRIBUTE = RequestBody.class.getName() + ".body";

    /** In place of a body that is larger than {@link #MAX_BYTES}. */
    public static final Object TOO_LARGE = new Object();

    private RequestBody() {}

    /** Returns the body; empty if there is none. It was read before the request got its thread. */
    public static byte[] read(Context ctx) {
        return checked(ctx.req().getAttribute(ATTRIBUTE));
    }

    /** Returns the body; empty if there is none. It was read before the request got its thread. */
    public static byte[] read(Request request) {
        return checked(request.getAttribute(ATTRIBUTE));
    }

    /** The length of a body that was read already; 0 if there is none. */
    public static int length(Request request) {
        Object read = request.getAttribute(ATTRIBUTE);
        return read instanceof byte[] body ? body.length : 0;
    }

    private static byte[] checked(@Nullable Object read) {
        if (read == TOO_LARGE) {
            throw new StorageException(
                    ErrorCode.RECORD_TOO_LARGE,
                    "The body is larger than the limit of " + MAX_BYTES + " bytes.",
                    Map.of("limit", MAX_BYTES));
        }
        if (read instanceof byte[] body) {
            checkUtf8(body);
            return body;
        }
        return new byte[0];
    }

    private static void checkUtf8(byte[] body) {
        for (byte b : body) {
            if (b < 0) {
                try {
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
                } catch (CharacterCodingException invalid) {
                    throw broken("The body is not valid UTF-8.");
                }
                return;
            }
        }
    }

    private static StorageException broken(String message) {
        return new StorageException(ErrorCode.INVALID_REQUEST, message);
    }
}
