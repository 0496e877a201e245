package dev.stowage.junit;

import dev.stowage.junit.scope.LateOperation;
import dev.stowage.junit.scope.TestScope;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.AssertionFailedError;

/**
 * The tests of a class that have ended. They are kept until the class ends, so that an operation which comes too late can be
 * told whose it is.
 */
final class CompletedTests implements AutoCloseable {

    private final Queue<TestScope> scopes = new ConcurrentLinkedQueue<>();

    static CompletedTests of(ExtensionContext context) {
        ExtensionContext testClass = ExtensionContexts.classOf(context);
        return StoreResource.in(
                testClass, "ended in " + testClass.getUniqueId(), CompletedTests::new, CompletedTests.class);
    }

    void add(TestScope scope) {
        scopes.add(scope);
    }

    /** @throws AssertionFailedError if operations came after their tests */
    @Override
    public void close() {
        List<LateOperation> late =
                scopes.stream().flatMap(scope -> scope.takeLate().stream()).toList();
        scopes.forEach(TestScope::close);
        if (!late.isEmpty()) {
            throw new AssertionFailedError(late.size() + " storage operation" + (late.size() == 1 ? "" : "s")
                    + " came after the test had ended, and " + (late.size() == 1 ? "was" : "were")
                    + " refused. The app still works when the test believes it done: wait for its threads and futures before the"
                    + " test returns.\n"
                    + late.stream().map(operation -> "  " + operation).collect(Collectors.joining("\n")));
        }
    }
}
