package dev.stowage.emulator.time;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a clock was set to.
 *
 * @param frozenAt the time at which it is frozen; empty if it runs with the system clock
 */
public record ClockSetting(Optional<Instant> frozenAt) {

    /** @param source null for a clock that follows its original source */
    static @Nullable ClockSetting of(@Nullable TimeSource source) {
        if (source == null) {
            return null;
        }
        return new ClockSetting(
                source instanceof TimeSource.Frozen frozen ? Optional.of(frozen.instant()) : Optional.empty());
    }

    TimeSource source(InstantSource system) {
        return frozenAt.<TimeSource>map(TimeSource.Frozen::new).orElseGet(() -> new TimeSource.SystemTime(system));
    }
}
