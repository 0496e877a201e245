package dev.stowage.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.contract.chapter.Chapters;
import dev.stowage.contract.http.HttpUnderTest;
import dev.stowage.contract.run.Finding;
import dev.stowage.contract.run.ProgressListener;
import dev.stowage.contract.run.Suite;
import dev.stowage.contract.run.SuiteOptions;
import dev.stowage.contract.run.SuiteResult;
import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.EmulatorConfig;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The contract suite finds what two emulators on one store do wrong together, though each of them is right alone. */
@Timeout(120)
class BrokenServersTest {

    private static final AtomicLong NAMES = new AtomicLong();

    /** Over HTTP, where a server has to find out what a key stands for. */
    private static List<String> findings(String kind) {
        EmulatorConfig config = EmulatorConfig.builder()
                .store(SharedMemoryProvider.url(kind, NAMES.incrementAndGet()))
                .build();
        try (Emulator one = Emulator.start(config);
                Emulator other = Emulator.start(config)) {
            SuiteResult result = Suite.run(
                    new HttpUnderTest(List.of(one.url(), other.url()), null, true, Duration.ofSeconds(10)),
                    Chapters.properties(),
                    SuiteOptions.of(1, 2).with(SuiteOptions.clausePattern("INST-*,TTL-*,LIN-1")),
                    ProgressListener.SILENT);
            assertThat(result.abortReason()).isEmpty();
            return result.results().stream()
                    .flatMap(property -> property.findings().stream())
                    .map(Finding::clause)
                    .distinct()
                    .toList();
        }
    }

    @Test
    void theRightOneIsNotAccused() {
        assertThat(findings("right")).isEmpty();
    }

    @Test
    @DisplayName("a server that keeps its clocks when another one moves time breaks chapter 4")
    void clockKeptPerProcess() {
        assertThat(findings("clock-kept-per-process")).anyMatch(clause -> clause.startsWith("TTL-"));
    }

    @Test
    @DisplayName("a server that knows a key too long is right nevertheless: every step names the guard")
    void keysCached() {
        assertThat(findings("keys-cached")).isEmpty();
    }

    @Test
    @DisplayName("a server that knows a key too long, and compares no guard, breaks chapter 8")
    void keyCachedPastItsRevocation() {
        assertThat(findings("key-cached-past-its-revocation")).anyMatch(clause -> clause.startsWith("INST-"));
    }
}
