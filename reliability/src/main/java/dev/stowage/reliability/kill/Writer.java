package dev.stowage.reliability.kill;

import java.net.URI;
import java.util.SplittableRandom;

/** A client that knows what it wrote. One thread uses it at a time. */
interface Writer {

    /** Connects to the emulator after its start. */
    void connect(URI url);

    /**
     * Makes one call.
     *
     * @throws LostResponseException if there was no response: it may have been carried out
     */
    void step(SplittableRandom random);

    /** Compares what the emulator kept with what it acknowledged, and continues from there. */
    void check(KillReport report);

    /** There was no response. */
    final class LostResponseException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LostResponseException(Throwable cause) {
            super(cause);
        }
    }
}
