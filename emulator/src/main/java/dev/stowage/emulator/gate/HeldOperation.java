package dev.stowage.emulator.gate;

import dev.stowage.emulator.call.Call;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An operation that waits at the {@link Gate} until a test releases it. It occupies no thread while it waits. */
public final class HeldOperation {

    /** Executes on the thread that calls it. */
    public static final Executor HERE = Runnable::run;

    private final Hold hold;
    private final long operationId;
    private final Call call;
    private final CompletableFuture<Void> released = new CompletableFuture<>();
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile boolean goesOnHere;

    HeldOperation(Hold hold, long operationId, Call call) {
        this.hold = hold;
        this.operationId = operationId;
        this.call = call;
    }

    void startDeadline(Duration deadline) {
        released.orTimeout(deadline.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Its number among the operations of its hold, in the order of arrival, starting with 1. */
    public long operationId() {
        return operationId;
    }

    public Call call() {
        return call;
    }

    /** Whether it may go on, so that nobody has to wait for it. */
    public boolean wasReleased() {
        return released.isDone() && !released.isCompletedExceptionally();
    }

    /** Releases the operation. It may not be done yet when this method returns: see {@link #releaseAndAwait}. */
    public void release() {
        hold.remove(this);
        released.complete(null);
    }

    /**
     * Releases the operation, which goes on on this thread. It is for who releases one at a time: many that are released at once would
     * keep the thread.
     */
    public void releaseHere() {
        goesOnHere = true;
        release();
    }

    /**
     * Releases the operation and waits until it is done, successfully or not.
     *
     * @throws StorageException {@link ErrorCode#UNAVAILABLE} if it takes longer than {@code atMost}
     */
    public void releaseAndAwait(Duration atMost) throws InterruptedException {
        release();
        if (!done.await(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new StorageException(
                    ErrorCode.UNAVAILABLE,
                    call + " was released " + atMost.toMillis() + " ms ago and is not done yet.");
        }
    }

    /**
     * Completes when the operation may go on. Fails with a {@link StorageException} if it was not released before the
     * deadline, or was abandoned.
     *
     * @param executor on which it goes on, unless it is released by {@link #releaseHere}
     */
    public CompletableFuture<Void> turn(Executor executor) {
        return released.handleAsync(
                (released, problem) -> {
                    if (problem instanceof TimeoutException) {
                        hold.remove(this);
                        throw hold.tooLate(this);
                    }
                    if (problem != null) {
                        throw new CompletionException(problem);
                    }
                    return null;
                },
                task -> (goesOnHere ? HERE : executor).execute(task));
    }

    /** The caller no longer waits for the operation. It is not carried out. */
    public void abandon(String why) {
        refuse(new StorageException(ErrorCode.UNAVAILABLE, call + " " + why));
    }

    /** Refuses the operation. It is not carried out. */
    public void refuse(StorageException why) {
        hold.remove(this);
        released.completeExceptionally(why);
    }

    /** The operation is done, successfully or not. */
    public void finish() {
        done.countDown();
    }
}
