package dev.stowage.emulator.http.exchange;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import io.javalin.http.Context;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.function.Function;

/** Reads the body of a request as a stream, up to a limit. */
public final class BodyStream {

    private BodyStream() {}

    /**
     * Reads the body with a reader. If the reader refuses the body, the rest of the body is read and discarded, because a client that
     * still sends would not read the response.
     *
     * @throws StorageException {@code record_too_large} if the body is larger than {@code maxBytes}; what the reader throws
     */
    public static <T> T read(Context ctx, long maxBytes, Function<? super InputStream, T> reader) {
        try {
            LimitedStream body = new LimitedStream(ctx.req().getInputStream(), maxBytes);
            try {
                if (ctx.req().getContentLengthLong() > maxBytes) {
                    throw body.tooLarge();
                }
                return reader.apply(body);
            } catch (StorageException refusal) {
                body.discard();
                throw refusal;
            }
        } catch (IOException gone) {
            throw new StorageException(ErrorCode.INVALID_REQUEST, "The body could not be read completely.", gone);
        }
    }

    private static final class LimitedStream extends FilterInputStream {

        private final long maxBytes;
        private long count;

        LimitedStream(InputStream in, long maxBytes) {
            super(in);
            this.maxBytes = maxBytes;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int n = super.read(buffer, offset, length);
            count += Math.max(0, n);
            if (count > maxBytes) {
                throw tooLarge();
            }
            HeapGuard.OF_THIS_JVM.requireRoomFor(Math.max(0, n));
            return n;
        }

        void discard() throws IOException {
            byte[] discarded = new byte[64 * 1024];
            for (int n = in.read(discarded); n >= 0 && count <= maxBytes; n = in.read(discarded)) {
                count += n;
            }
        }

        StorageException tooLarge() {
            return new StorageException(
                    ErrorCode.RECORD_TOO_LARGE,
                    "The body is larger than the limit of " + maxBytes + " bytes.",
                    Map.of("limit", maxBytes));
        }
    }
}
