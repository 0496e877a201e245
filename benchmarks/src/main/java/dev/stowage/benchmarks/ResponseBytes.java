package dev.stowage.benchmarks;

import java.nio.ByteBuffer;

/** The bytes of one response as they arrive. It looks for nothing but the status and the end. */
final class ResponseBytes {

    private static final byte[] LENGTH = "content-length: ".getBytes();

    private final ByteBuffer space = ByteBuffer.allocate(64 * 1024);
    private final byte[] bytes = space.array();

    /** Where the next bytes go. */
    ByteBuffer space() {
        return space;
    }

    void clear() {
        space.clear();
    }

    boolean isComplete() {
        int headEnd = headEnd();
        return headEnd >= 0 && space.position() >= headEnd + contentLength(headEnd);
    }

    boolean isSuccess() {
        return bytes[9] == '2';
    }

    private int headEnd() {
        for (int i = 3; i < space.position(); i++) {
            if (bytes[i] == '\n' && bytes[i - 2] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    private int contentLength(int headEnd) {
        for (int i = 0; i < headEnd - LENGTH.length; i++) {
            int n = 0;
            while (n < LENGTH.length && (bytes[i + n] | 0x20) == (LENGTH[n] | 0x20)) {
                n++;
            }
            if (n == LENGTH.length) {
                int length = 0;
                for (int d = i + n; bytes[d] >= '0' && bytes[d] <= '9'; d++) {
                    length = length * 10 + bytes[d] - '0';
                }
                return length;
            }
        }
        return 0;
    }
}
