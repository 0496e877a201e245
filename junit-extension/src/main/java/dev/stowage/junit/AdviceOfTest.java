package dev.stowage.junit;

import dev.stowage.emulator.advice.AdviceScope;
import dev.stowage.emulator.advice.Advisor;
import dev.stowage.emulator.advice.Practice;
import dev.stowage.emulator.testing.TestScope;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.AssertionFailedError;

/** The best practices that the app of one test breaks. */
final class AdviceOfTest {

    private final AdviceMode mode;
    private final Optional<Advisor> advisor;

    private AdviceOfTest(AdviceMode mode, Optional<Advisor> advisor) {
        this.mode = mode;
        this.advisor = advisor;
    }

    static AdviceOfTest begin(TestScope scope, StorageEmulatorConfig config) {
        if (config.advice() == AdviceMode.OFF) {
            return new AdviceOfTest(AdviceMode.OFF, Optional.empty());
        }
        // The detection of stale values has its own message, and fails the test by itself.
        Set<String> off = new HashSet<>(config.adviceOff());
        off.add(Practice.STALE_CACHE.id());
        Advisor advisor = new Advisor(
                () -> scope.app().clock().instant(), config.emulator().maxRecordBytes(), AdviceScope.allBut(off), true);
        scope.watch(advisor);
        return new AdviceOfTest(config.advice(), Optional.of(advisor));
    }

    /**
     * Reports the advice.
     *
     * @throws AssertionFailedError if it fails the test, and the test has not failed otherwise
     */
    void end(ExtensionContext context) {
        advisor.flatMap(looking -> looking.describe(
                        "To switch one off: @CheckAdvice(off = ...) or StorageEmulator.builder().advice(FAIL, "))
                .ifPresent(text -> {
                    if (mode == AdviceMode.FAIL
                            && context.getExecutionException().isEmpty()) {
                        throw new AssertionFailedError(text);
                    }
                    context.publishReportEntry("stowage.advice", text);
                });
    }
}
