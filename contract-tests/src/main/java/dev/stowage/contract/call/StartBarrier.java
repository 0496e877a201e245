package dev.stowage.contract.call;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where calls that are to be under way at once wait for each other. A client that can prepare a call (send all of a request but its
 * last byte) goes as far as it can before it waits; for others the caller waits before the call.
 */
public final class StartBarrier {

    private static final long MOST_SECONDS = 5;
    private static final ThreadLocal<@Nullable StartBarrier> PENDING = new ThreadLocal<>();

    private final CountDownLatch ready;

    public StartBarrier(int callers) {
        ready = new CountDownLatch(callers);
    }

    /** This thread's next call is one of those. */
    public void enter() {
        PENDING.set(this);
    }

    /** Whether this thread's next call has to wait for others. */
    public static boolean isPending() {
        return PENDING.get() != null;
    }

    /** Says that this call is ready, and waits for all the others; the next one doesn't have to. */
    public static void awaitOthers() {
        StartBarrier barrier = PENDING.get();
        if (barrier == null) {
            return;
        }
        PENDING.remove();
        barrier.ready.countDown();
        try {
            // One that never gets ready holds up the others for a while, not for ever.
            if (!barrier.ready.await(MOST_SECONDS, TimeUnit.SECONDS)) {
                barrier.ready.countDown();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whatever became of the call: nobody has to wait for this thread. */
    public static void leave() {
        StartBarrier barrier = PENDING.get();
        if (barrier != null) {
            PENDING.remove();
            barrier.ready.countDown();
        }
    }
}
