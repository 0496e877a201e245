package dev.stowage.emulator.time;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What a clock was set to.
 *
 * @param frozenAt the time at which it is frozen; empty if it runs with the system clock
 */
public record ClockSetting(Optional<Instant> frozenAt) {

    /** The setting of a clock that runs with the system clock. */
    static final ClockSetting SYSTEM = new ClockSetting(Optional.empty());

    static ClockSetting frozenAt(Instant time) {
        return new ClockSetting(Optional.of(time));
    }

    TimeSource source(InstantSource system) {
        return frozenAt.<TimeSource>map(TimeSource.Frozen::new).orElseGet(() -> new TimeSource.SystemTime(system));
    }
}
