package dev.stowage.benchmarks;

import java.nio.ByteBuffer;

/** The bytes of one response as they arrive. It looks for as little as possible, because client and server share the machine's cores. */
abstract class ResponseBytes {

    private final ByteBuffer space = ByteBuffer.allocate(64 * 1024);
    final byte[] bytes = space.array();

    /** Where the next bytes go. */
    final ByteBuffer space() {
        return space;
    }

    final void clear() {
        space.clear();
    }

    /** How many bytes have arrived. */
    final int length() {
        return space.position();
    }

    abstract boolean isComplete();

    abstract boolean isSuccess();
}
