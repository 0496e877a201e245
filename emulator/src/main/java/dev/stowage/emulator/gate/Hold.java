package dev.stowage.emulator.gate;

import dev.stowage.emulator.call.Call;
import dev.stowage.emulator.call.CallMatch;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Holds operations at the {@link Gate}. Closing it releases all operations that wait. */
public final class Hold implements AutoCloseable {

    private final long holdId;
    private final CallMatch match;
    private final Duration deadline;
    private final Consumer<HeldOperation> whenHeld;
    private final Consumer<Hold> whenClosed;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<HeldOperation> heldOperations = new ArrayList<>();
    private long lastOperationId;
    private boolean closed;

    Hold(long holdId, CallMatch match, Duration deadline, Consumer<HeldOperation> whenHeld, Consumer<Hold> whenClosed) {
        this.holdId = holdId;
        this.match = match;
        this.deadline = deadline;
        this.whenHeld = whenHeld;
        this.whenClosed = whenClosed;
    }

    /** The number of this hold, which no other one of the emulator has. */
    public long holdId() {
        return holdId;
    }

    /** The operations that it holds. */
    public CallMatch match() {
        return match;
    }

    /** How long an operation waits at most. */
    public Duration deadline() {
        return deadline;
    }

    boolean isOf(String appId) {
        return match.appId().equals(Optional.of(appId));
    }

    boolean matches(Call call) {
        return match.matches(call.summary());
    }

    /** Holds the operation; empty if this hold was closed in the meantime. */
    Optional<HeldOperation> add(Call call) {
        HeldOperation me;
        lock.lock();
        try {
            if (closed) {
                return Optional.empty();
            }
            me = new HeldOperation(this, ++lastOperationId, call);
            heldOperations.add(me);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        me.startDeadline(deadline);
        whenHeld.accept(me);
        return Optional.of(me);
    }

    void remove(HeldOperation me) {
        lock.lock();
        try {
            heldOperations.remove(me);
        } finally {
            lock.unlock();
        }
    }

    StorageException tooLate(HeldOperation me) {
        String others = waiting().stream()
                .filter(other -> other != me)
                .map(other -> other.call().toString())
                .collect(Collectors.joining("; "));
        return new StorageException(
                ErrorCode.UNAVAILABLE,
                me.call() + " was held for " + deadline.toMillis() + " ms and not released; it was not carried out."
                        + (others.isEmpty() ? " No other operation is held." : " Also held: " + others + "."));
    }

    /** Returns the operations that wait, in the order in which they arrived. */
    public List<HeldOperation> waiting() {
        lock.lock();
        try {
            return List.copyOf(heldOperations);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until at least {@code count} operations wait.
     *
     * @return the operations that wait, in the order in which they arrived
     * @throws StorageException {@link ErrorCode#UNAVAILABLE} if they don't arrive in time; the message lists those that did
     */
    public List<HeldOperation> awaitWaiting(int count, Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (waiting().size() < count) {
                if (left <= 0) {
                    throw new StorageException(
                            ErrorCode.UNAVAILABLE,
                            "After " + atMost.toMillis() + " ms, " + waiting().size() + " of " + count
                                    + " operations are held: "
                                    + waiting().stream()
                                            .map(who -> who.call().toString())
                                            .collect(Collectors.joining("; "))
                                    + ".");
                }
                left = changed.awaitNanos(left);
            }
            return waiting();
        } finally {
            lock.unlock();
        }
    }

    /** Releases all operations that wait, and holds no further operation. */
    @Override
    public void close() {
        whenClosed.accept(this);
        List<HeldOperation> last;
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            last = List.copyOf(heldOperations);
        } finally {
            lock.unlock();
        }
        last.forEach(HeldOperation::release);
    }
}
