package dev.stowage.emulator.time;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The clock that TTLs run by: it follows another, or stands still until it is moved. An emulator has one, which follows
 * the system's time, and every app has one, which follows the emulator's; so tests in parallel don't age each other.
 *
 * <p>Moving time is what expires a record; nothing waits for anything. Moved back, records that had only expired are there
 * again. Safe for many threads at once.
 */
public final class EmulatorClock implements InstantSource {

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    /** Where a clock's time comes from. */
    public enum Mode {
        /** The system's time goes by. */
        SYSTEM,
        /** Time stands still until it is moved. */
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

    /** A clock that follows the system's time. */
    public static EmulatorClock system(InstantSource system) {
        return new EmulatorClock(system, new SystemTime(system));
    }

    /** A clock that follows this one until it is set or moved itself. */
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

    /** Lets time stand still where it is now. */
    public synchronized void freeze() {
        source = new Frozen(instant());
    }

    /**
     * Sets the time, and lets it stand still there.
     *
     * @throws StorageException {@link ErrorCode#INVALID_REQUEST} outside the years 1 to 9999
     */
    public synchronized void set(Instant now) {
        source = new Frozen(checked(now));
    }

    /**
     * Moves time that stands still. A clock that follows one which stands still gets a time of its own by this.
     *
     * @return the time after it
     * @throws StorageException {@link ErrorCode#INVALID_REQUEST} if the system's time goes by here, if the duration is
     *     negative, or if it leads beyond the year 9999
     */
    public synchronized Instant advance(Duration duration) {
        if (duration.isNegative()) {
            throw refused("Time can't be advanced by " + duration + ": it only goes forward. To go back, set it.");
        }
        Source current = source;
        if (current.mode() == Mode.SYSTEM) {
            throw refused("The system's time goes by here and can't be advanced by " + duration
                    + ". Let it stand still first: set it, or switch it to manual.");
        }
        Instant now = later(current.instant(), duration);
        source = new Frozen(now);
        return now;
    }

    /** Follows the system's time. */
    public synchronized void resumeSystemTime() {
        source = new SystemTime(system);
    }

    /** Follows what it followed in the beginning: an app's clock the emulator's, the emulator's the system's. */
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
            throw refused("Time can't be advanced by " + duration + ": that is beyond the year 9999.");
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
