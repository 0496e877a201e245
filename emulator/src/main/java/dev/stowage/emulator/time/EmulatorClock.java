package dev.stowage.emulator.time;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
    private final TimeSource original;
    private final ClockSettings settings;
    private final String name;

    private EmulatorClock(InstantSource system, TimeSource original, ClockSettings settings, String name) {
        this.system = system;
        this.original = original;
        this.settings = settings;
        this.name = name;
    }

    /**
     * Creates a clock that follows the given system clock until it is set.
     *
     * @param settings where its setting is kept
     * @param name the name of its setting
     */
    public static EmulatorClock system(InstantSource system, ClockSettings settings, String name) {
        return new EmulatorClock(system, new TimeSource.SystemTime(system), settings, name);
    }

    /** Creates a clock that follows this one until it is set, frozen or advanced. Clocks of the same name are interchangeable. */
    public EmulatorClock child(String childName) {
        return new EmulatorClock(system, new TimeSource.Following(this), settings, childName);
    }

    private TimeSource source() {
        return sourceOf(settings.get(name));
    }

    private TimeSource sourceOf(@Nullable ClockSetting set) {
        return set == null ? original : set.source(system);
    }

    @Override
    public Instant instant() {
        return source().instant();
    }

    public Mode mode() {
        return source().mode();
    }

    /** Freezes the clock at its current time. */
    public void freeze() {
        settings.update(name, set -> ClockSetting.frozenAt(sourceOf(set).instant()));
    }

    /**
     * Sets the clock to a time and freezes it there.
     *
     * @throws StorageException {@link ErrorCode#INVALID_REQUEST} outside the years 1 to 9999
     */
    public void set(Instant now) {
        Instant time = checked(now);
        settings.update(name, set -> ClockSetting.frozenAt(time));
    }

    /**
     * Advances a frozen clock. A clock that follows a frozen clock stops following it.
     *
     * @return the new time
     * @throws StorageException {@link ErrorCode#INVALID_REQUEST} if the clock runs, if the duration is negative, or if the new
     *     time is after the year 9999
     */
    public Instant advance(Duration duration) {
        if (duration.isNegative()) {
            throw refused("The clock can't be advanced by " + duration
                    + ": the duration is negative. To move it back, set it.");
        }
        ClockSetting advanced = settings.update(name, set -> {
            TimeSource current = sourceOf(set);
            if (current.mode() == Mode.SYSTEM) {
                throw refused("The clock runs with the system clock and can't be advanced by " + duration
                        + ". Freeze it first: set it, or switch it to manual.");
            }
            return ClockSetting.frozenAt(later(current.instant(), duration));
        });
        return Objects.requireNonNull(advanced).frozenAt().orElseThrow();
    }

    /** Lets the clock run with the system clock. */
    public void resumeSystemTime() {
        settings.update(name, set -> ClockSetting.SYSTEM);
    }

    /** Returns to the initial state: an app's clock follows the emulator's, the emulator's the system clock. */
    public void resume() {
        settings.update(name, set -> null);
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
}
