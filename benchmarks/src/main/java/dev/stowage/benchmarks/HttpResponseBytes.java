package dev.stowage.benchmarks;

/** An HTTP response: the status, and where it ends. */
final class HttpResponseBytes extends ResponseBytes {

    private static final byte[] LENGTH = "content-length: ".getBytes();

    @Override
    boolean isComplete() {
        int headEnd = headEnd();
        return headEnd >= 0 && length() >= headEnd + contentLength(headEnd);
    }

    @Override
    boolean isSuccess() {
        return bytes[9] == '2';
    }

    private int headEnd() {
        for (int i = 3; i < length(); i++) {
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
