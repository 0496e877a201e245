package dev.stowage.emulator.time;

import dev.stowage.emulator.time.EmulatorClock.Mode;
import java.time.Instant;
import java.time.InstantSource;

/** What a clock gets its time from. */
sealed interface TimeSource {

    Instant instant();

    Mode mode();

    /** The system clock. */
    record SystemTime(InstantSource system) implements TimeSource {
        @Override
        public Instant instant() {
            return system.instant();
        }

        @Override
        public Mode mode() {
            return Mode.SYSTEM;
        }
    }

    /** A fixed time. */
    record Frozen(Instant instant) implements TimeSource {
        @Override
        public Mode mode() {
            return Mode.MANUAL;
        }
    }

    /** Another clock. */
    record Following(EmulatorClock other) implements TimeSource {
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
