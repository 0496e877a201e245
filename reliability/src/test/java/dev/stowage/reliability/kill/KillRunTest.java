package dev.stowage.reliability.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DUR-1 to DUR-5, in short; {@code java -jar stowage-reliability.jar kill} is the long mode. {@code -Dkill.seed=N} repeats a run. */
class KillRunTest {

    @TempDir
    private Path folder;

    @Test
    void nothingIsLost() throws Exception {
        long seed = Long.getLong("kill.seed", new SplittableRandom().nextLong(1, 1_000_000_000L));
        KillReport report = new KillRun(folder.resolve("data"), "process", 4, 500, seed, Duration.ofSeconds(60)).run();
        assertThat(report.findings()).as("seed %s, %s", seed, report).isEmpty();
        assertThat(report.writes()).isGreaterThan(100);
    }
}
