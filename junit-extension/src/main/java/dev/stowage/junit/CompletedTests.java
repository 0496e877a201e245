package dev.stowage.junit;

import dev.stowage.emulator.testing.LateOperation;
import dev.stowage.emulator.testing.TestScope;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.AssertionFailedError;

/**
 * The tests of a class that have ended. Their scopes are kept until the class ends, so that a late operation can be reported
 * with the name of its test.
 */
final class CompletedTests implements AutoCloseable {

    private final Queue<TestScope> scopes = new ConcurrentLinkedQueue<>();

    static CompletedTests of(ExtensionContext context) {
        ExtensionContext testClass = ExtensionContexts.classOf(context);
        return StoreResource.in(
                testClass, "completed tests of " + testClass.getUniqueId(), CompletedTests::new, CompletedTests.class);
    }

    void add(TestScope scope) {
        scopes.add(scope);
    }

    /** @throws AssertionFailedError if operations arrived after their test had ended */
    @Override
    public void close() {
        List<LateOperation> late =
                scopes.stream().flatMap(scope -> scope.takeLate().stream()).toList();
        scopes.forEach(TestScope::close);
        if (!late.isEmpty()) {
            throw new AssertionFailedError(late.size() + " storage operation" + (late.size() == 1 ? "" : "s")
                    + " arrived after the test had ended, and " + (late.size() == 1 ? "was" : "were")
                    + " refused. The app still had work in progress when the test returned: wait for its threads and futures"
                    + " before that.\n"
                    + late.stream().map(operation -> "  " + operation).collect(Collectors.joining("\n")));
        }
    }
}
