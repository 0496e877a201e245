package dev.stowage.emulator.time;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Where it is kept what clocks were set to, by the name of the clock. Thread-safe. */
public interface ClockSettings {

    /** Returns the setting; null while the clock follows its original source. */
    @Nullable
    ClockSetting get(String name);

    /** Replaces the setting in one atomic step and returns the new one. The change may be made several times. */
    @Nullable
    ClockSetting update(String name, UnaryOperator<@Nullable ClockSetting> change);
}
