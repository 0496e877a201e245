package dev.stowage.emulator.interleaving;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where an actor is in its order. Guarded by the lock of the {@link OrderRun}. */
final class ScheduledActor {

    private final int number;
    private final String name;
    private @Nullable RecordAccess waitingFor;
    private @Nullable PausedOperation paused;
    private boolean arrived;
    private boolean ended;

    ScheduledActor(int number, String name) {
        this.number = number;
        this.name = name;
    }

    int number() {
        return number;
    }

    String name() {
        return name;
    }

    @Nullable
    RecordAccess waitingFor() {
        return waitingFor;
    }

    boolean hasEnded() {
        return ended;
    }

    /** True if it is paused before an operation, or has ended. */
    boolean isPaused() {
        return ended || waitingFor != null;
    }

    void pause(RecordAccess access, PausedOperation operation) {
        arrived = true;
        waitingFor = access;
        paused = operation;
    }

    void end() {
        ended = true;
    }

    /** Returns the operation that it was paused before. */
    PausedOperation resume() {
        PausedOperation operation = Objects.requireNonNull(paused);
        waitingFor = null;
        paused = null;
        return operation;
    }

    /** For messages. */
    String state() {
        if (ended) {
            return "has ended";
        }
        return waitingFor == null ? arrived ? "is running" : "has not started" : "is paused before " + waitingFor;
    }
}
