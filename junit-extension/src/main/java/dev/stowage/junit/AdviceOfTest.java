package dev.stowage.junit;

import dev.stowage.emulator.advice.Advice;
import dev.stowage.emulator.advice.AdviceScope;
import dev.stowage.emulator.advice.Advisor;
import dev.stowage.emulator.advice.Practice;
import dev.stowage.emulator.testing.TestScope;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
        List<Advice> advice = advisor.map(Advisor::advice).orElse(List.of());
        if (advice.isEmpty()) {
            return;
        }
        String text = advice.stream().map(Advice::toString).collect(Collectors.joining("\n  "));
        if (mode == AdviceMode.FAIL && context.getExecutionException().isEmpty()) {
            throw new AssertionFailedError("The app breaks best practices of the storage:\n  " + text
                    + "\nTo switch one off: StorageEmulator.builder().advice(FAIL, \""
                    + advice.get(0).practice().id() + "\"), or for this key only \""
                    + advice.get(0).practice().id() + ":" + advice.get(0).key() + "\".");
        }
        context.publishReportEntry("stowage.advice", text);
    }
}
