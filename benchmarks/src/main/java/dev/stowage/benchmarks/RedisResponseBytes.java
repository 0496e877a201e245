package dev.stowage.benchmarks;

/** A response of Redis: one line, or a length and as many bytes. */
final class RedisResponseBytes extends ResponseBytes {

    @Override
    boolean isComplete() {
        int lineEnd = 0;
        while (lineEnd < length() && bytes[lineEnd] != '\n') {
            lineEnd++;
        }
        if (lineEnd == length()) {
            return false;
        }
        return bytes[0] != '$' || bytes[1] == '-' || length() >= lineEnd + 1 + number(1) + 2;
    }

    private int number(int from) {
        int number = 0;
        for (int i = from; bytes[i] >= '0' && bytes[i] <= '9'; i++) {
            number = number * 10 + bytes[i] - '0';
        }
        return number;
    }

    /** No error, and no null. */
    @Override
    boolean isSuccess() {
        return bytes[0] != '-' && bytes[1] != '-';
    }
}
