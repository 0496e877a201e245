package dev.stowage.emulator.time;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The clock that decides when records expire. It follows another clock, or it is frozen and changes only when it is set or
 * advanced. The emulator has one clock, which follows the system clock; each app has one, which follows the emulator's. So
 * tests that run in parallel with an app each don't affect each other.
 *
 * <p>Nothing waits for real time. Records that expired while a clock was frozen are readable again if it is set back before
 * their expiry. Thread-safe.
 */
public final class EmulatorClock implements InstantSource {

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    /** Whether a clock runs or is frozen. */
    public enum Mode {
        /** The clock runs with the system clock. */
        SYSTEM,
        /** The clock is frozen until it is set or advanced. */
        MANUAL
    }

    private final InstantSource system;
    private final Source original;
    private volatile Source source;

    private EmulatorClock(InstantSource system, Source original) {
        this.system = system;
        this.original = original;
        this.source = original;
    }

    /** Creates a clock that follows the given system clock. */
    public static EmulatorClock system(InstantSource system) {
        return new EmulatorClock(system, new SystemTime(system));
    }

    /** Creates a clock that follows this one until it is set, frozen or advanced. */
    public EmulatorClock child() {
        return new EmulatorClock(system, new Following(this));
    }

    @Override
    public Instant instant() {
        return source.instant();
    }

    public Mode mode() {
        return source.mode();
    }

    /** Freezes the clock at its current time. */
    public synchronized void freeze() {
        source = new Frozen(instant());
    }

    /**
     * Sets the clock to a time and freezes it there.
     *
     * @throws StorageException {@link ErrorCode#INVALID_REQUEST} outside the years 1 to 9999
     */
    public synchronized void set(Instant now) {
        source = new Frozen(checked(now));
    }

    /**
     * Advances a frozen clock. A clock that follows a frozen clock stops following it.
     *
     * @return the new time
     * @throws StorageException {@link ErrorCode#INVALID_REQUEST} if the clock runs, if the duration is negative, or if the new
     *     time is after the year 9999
     */
    public synchronized Instant advance(Duration duration) {
        if (duration.isNegative()) {
            throw refused("The clock can't be advanced by " + duration
                    + ": the duration is negative. To move it back, set it.");
        }
        Source current = source;
        if (current.mode() == Mode.SYSTEM) {
            throw refused("The clock runs with the system clock and can't be advanced by " + duration
                    + ". Freeze it first: set it, or switch it to manual.");
        }
        Instant now = later(current.instant(), duration);
        source = new Frozen(now);
        return now;
    }

    /** Lets the clock run with the system clock. */
    public synchronized void resumeSystemTime() {
        source = new SystemTime(system);
    }

    /** Returns to the initial state: an app's clock follows the emulator's, the emulator's the system clock. */
    public synchronized void resume() {
        source = original;
    }

    /** @deprecated Use {@link #freeze()}. */
    @Deprecated
    public void standStill() {
        freeze();
    }

    /** @deprecated Use {@link #resumeSystemTime()}. */
    @Deprecated
    public void followSystem() {
        resumeSystemTime();
    }

    /** @deprecated Use {@link #resume()}. */
    @Deprecated
    public void follow() {
        resume();
    }

    private static Instant later(Instant now, Duration duration) {
        try {
            return checked(now.plus(duration));
        } catch (ArithmeticException | DateTimeException beyond) {
            throw refused("The clock can't be advanced by " + duration + ": the time would be after the year 9999.");
        }
    }

    private static Instant checked(Instant now) {
        if (now.isBefore(EARLIEST) || now.isAfter(LATEST)) {
            throw refused("The time " + now + " is outside the years 1 to 9999.");
        }
        return now;
    }

    private static StorageException refused(String message) {
        return new StorageException(ErrorCode.INVALID_REQUEST, message);
    }

    @Override
    public String toString() {
        return "EmulatorClock[" + mode() + " " + instant() + "]";
    }

    private sealed interface Source {
        Instant instant();

        Mode mode();
    }

    private record SystemTime(InstantSource system) implements Source {
        @Override
        public Instant instant() {
            return system.instant();
        }

        @Override
        public Mode mode() {
            return Mode.SYSTEM;
        }
    }

    private record Frozen(Instant instant) implements Source {
        @Override
        public Mode mode() {
            return Mode.MANUAL;
        }
    }

    private record Following(EmulatorClock other) implements Source {
        @Override
        public Instant instant() {
            return other.instant();
        }

        @Override
        public Mode mode() {
            return other.mode();
        }
    }
}
