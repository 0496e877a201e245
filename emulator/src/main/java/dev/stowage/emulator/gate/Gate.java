package dev.stowage.emulator.gate;

import dev.stowage.emulator.call.Call;
import dev.stowage.emulator.call.CallMatch;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A gate that every operation passes first, before faults are injected and before the clock is read. A test can
 * {@link #hold} matching operations, list those that wait, and release them one by one in an order of its choice. So a test
 * can produce a race deterministically. Thread-safe.
 */
public final class Gate {

    /** Every operation is compared with each. */
    private static final int MAX_HOLDS = 1_000;

    private final List<Hold> holds;
    private final AtomicLong lastHoldId;
    private final Optional<String> appId;

    private Gate(List<Hold> holds, AtomicLong lastHoldId, Optional<String> appId) {
        this.holds = holds;
        this.lastHoldId = lastHoldId;
        this.appId = appId;
    }

    public Gate() {
        this(new CopyOnWriteArrayList<>(), new AtomicLong(), Optional.empty());
    }

    /** Returns a view of this gate that holds the operations of one app only. */
    public Gate scopedTo(String id) {
        return new Gate(holds, lastHoldId, Optional.of(id));
    }

    /**
     * Holds every operation that matches, from now until the hold is closed. If several holds match, the oldest one applies.
     *
     * @param deadline how long an operation waits at most. Then it is refused with {@code unavailable}, and the message lists
     *     the other operations that wait
     * @throws StorageException {@code invalid_request} if {@value #MAX_HOLDS} holds are open
     */
    public Hold hold(CallMatch match, Duration deadline) {
        return hold(match, deadline, held -> {});
    }

    /**
     * Holds every operation that matches, as {@link #hold(CallMatch, Duration)} does, and tells each of them.
     *
     * @param whenHeld called on the thread of the operation, when it waits; must not block
     */
    public Hold hold(CallMatch match, Duration deadline, Consumer<HeldOperation> whenHeld) {
        if (holds.size() >= MAX_HOLDS) {
            throw new StorageException(
                    ErrorCode.INVALID_REQUEST, "There are " + MAX_HOLDS + " holds, which is the limit. Close some.");
        }
        Hold hold = new Hold(
                lastHoldId.incrementAndGet(), appId.map(match::app).orElse(match), deadline, whenHeld, holds::remove);
        holds.add(hold);
        return hold;
    }

    /** Returns the operation as one that is held; empty if it may pass at once. */
    public Optional<HeldOperation> enter(Call call) {
        for (Hold hold : holds) {
            if (hold.matches(call)) {
                return hold.add(call);
            }
        }
        return Optional.empty();
    }

    /** Returns the holds that are not closed, the oldest first. On a view of one app, only the holds of this app. */
    public List<Hold> holds() {
        return holds.stream().filter(this::isMine).toList();
    }

    private boolean isMine(Hold hold) {
        return appId.isEmpty() || hold.isOf(appId.get());
    }

    /** Closes every hold and releases its operations. On a view of one app, only the holds of this app. */
    public void open() {
        holds().forEach(Hold::close);
    }
}
