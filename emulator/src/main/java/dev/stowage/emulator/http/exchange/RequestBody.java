package dev.stowage.emulator.http.exchange;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Reads the body of a request, up to a limit, and checks that it is valid UTF-8. */
public final class RequestBody {

    public static final int MAX_BYTES = 2 * 1024 * 1024;

    /** How much of a body that is too large is read and discarded. A client that still sends would not read the response. */
    private static final int MAX_DRAINED_BYTES = 64 * 1024 * 1024;

    /** The request's attribute that holds its body, as bytes, where it was read already. */
    public static final String ATTRIBUTE = RequestBody.class.getName() + ".body";

    /** In place of a body that is larger than {@link #MAX_BYTES}. */
    public static final Object TOO_LARGE = new Object();

    private RequestBody() {}

    public static byte[] read(Context ctx) {
        Object read = ctx.req().getAttribute(ATTRIBUTE);
        if (read == TOO_LARGE) {
            throw tooLarge(MAX_BYTES);
        }
        if (read instanceof byte[] body) {
            checkUtf8(body);
            return body;
        }
        return read(ctx, MAX_BYTES);
    }

    public static byte[] read(Context ctx, int maxBytes) {
        long length = ctx.req().getContentLengthLong();
        try {
            InputStream in = ctx.req().getInputStream();
            byte[] body = length > maxBytes ? new byte[0] : in.readNBytes(length < 0 ? maxBytes + 1 : (int) length);
            if (length > maxBytes || body.length > maxBytes) {
                drain(in);
                throw tooLarge(maxBytes);
            }
            if (body.length < length) {
                throw broken("The body ended after " + body.length + " of " + length + " bytes.");
            }
            checkUtf8(body);
            return body;
        } catch (IOException gone) {
            throw broken("The body could not be read completely.");
        }
    }

    private static void drain(InputStream in) throws IOException {
        byte[] discarded = new byte[64 * 1024];
        int drained = 0;
        for (int n = in.read(discarded); n >= 0 && drained < MAX_DRAINED_BYTES; n = in.read(discarded)) {
            drained += n;
        }
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

    private static StorageException tooLarge(int maxBytes) {
        return new StorageException(
                ErrorCode.RECORD_TOO_LARGE,
                "The body is larger than the limit of " + maxBytes + " bytes.",
                Map.of("limit", maxBytes));
    }

    private static StorageException broken(String message) {
        return new StorageException(ErrorCode.INVALID_REQUEST, message);
    }
}
