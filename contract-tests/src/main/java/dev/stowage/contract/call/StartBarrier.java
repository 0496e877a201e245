package dev.stowage.contract.call;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes concurrent calls start together. A client that can prepare a call (send all of a request except its last byte) prepares it and then waits for the others; for other clients the caller waits before the call.
 */
public final class StartBarrier {

    private static final long MOST_SECONDS = 5;
    private static final ThreadLocal<@Nullable StartBarrier> PENDING = new ThreadLocal<>();

    private final CountDownLatch ready;

    public StartBarrier(int callers) {
        ready = new CountDownLatch(callers);
    }

    /** Makes this thread's next call one of those that start together. */
    public void enter() {
        PENDING.set(this);
    }

    /** True if this thread's next call has to wait for others. */
    public static boolean isPending() {
        return PENDING.get() != null;
    }

    /** Reports that this call is ready and waits until the others are. The thread's next call does not wait. */
    public static void awaitOthers() {
        StartBarrier barrier = PENDING.get();
        if (barrier == null) {
            return;
        }
        PENDING.remove();
        barrier.ready.countDown();
        try {
            // A call that never gets ready delays the others for a limited time only.
            if (!barrier.ready.await(MOST_SECONDS, TimeUnit.SECONDS)) {
                barrier.ready.countDown();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Releases the others, whether the call was made or not. */
    public static void leave() {
        StartBarrier barrier = PENDING.get();
        if (barrier != null) {
            PENDING.remove();
            barrier.ready.countDown();
        }
    }
}
