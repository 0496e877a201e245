package dev.stowage.reliability.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.EmulatorConfig;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * A minute of fuzzing on CI, ten seconds elsewhere. {@code -Dfuzz.seed=N} repeats a run, {@code -Dfuzz.seconds=N} takes another time.
 */
class FuzzerTest {

    @Test
    void findsNothing() throws Exception {
        long seed = Long.getLong("fuzz.seed", new SplittableRandom().nextLong(1, 1_000_000_000L));
        long seconds = Long.getLong("fuzz.seconds", System.getenv("CI") == null ? 10 : 60);
        try (Emulator emulator =
                Emulator.start(EmulatorConfig.builder().journalCapacity(200).build())) {
            FuzzReport report = Fuzzer.run(emulator.url(), seed, Long.MAX_VALUE, Duration.ofSeconds(seconds), 4);
            assertThat(report.findings())
                    .as("seed %s, %s", seed, report.responses())
                    .isEmpty();
            assertThat(report.requests()).isGreaterThan(1_000);
            assertThat(report.responses()).containsKeys("200", "400", "401", "404");
        }
    }
}
