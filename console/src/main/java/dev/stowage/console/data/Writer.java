package dev.stowage.console.data;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.StoreName;
import dev.stowage.storage.operation.Operation;
import dev.stowage.storage.operation.Transport;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Carries out a person's operations. They take the same way as the app's, so one can be held or delayed: the page does not wait for it
 * longer than two seconds.
 */
final class Writer {

    private static final int MAX_WAITING = 32;
    private static final long SECONDS_TO_WAIT = 2;
    private static final long SECONDS_IDLE = 10;

    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(0, MAX_WAITING, SECONDS_IDLE, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                Thread thread = new Thread(work, "write");
                thread.setDaemon(true);
                return thread;
            });

    /** @throws StorageException if the operation is refused, or has to wait */
    void write(Transport transport, StoreName store, Operation operation) {
        try {
            CompletableFuture.runAsync(() -> transport.execute(store, operation), threads)
                    .get(SECONDS_TO_WAIT, TimeUnit.SECONDS);
        } catch (RejectedExecutionException full) {
            throw new StorageException(
                    ErrorCode.THROTTLED,
                    MAX_WAITING
                            + " operations of the console, of whichever app, are held or delayed already. Release some first, under"
                            + " Time and faults of all apps.",
                    full);
        } catch (TimeoutException held) {
            throw new StorageException(
                    ErrorCode.UNAVAILABLE,
                    "The operation was sent and waits: it is held or delayed. It is carried out when it is released, under Time and"
                            + " faults.",
                    held);
        } catch (ExecutionException | CompletionException problem) {
            throw problem.getCause() instanceof StorageException refusal
                    ? refusal
                    : new IllegalStateException(problem.getCause());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new StorageException(ErrorCode.UNAVAILABLE, "The emulator is being stopped.", stopping);
        }
    }
}
