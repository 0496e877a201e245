package dev.stowage.emulator.testing;

import dev.stowage.storage.StoreName;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An operation that arrived after its test had ended, and was refused.
 *
 * @param stack the stack of the caller; empty if it came over the app's own HTTP client
 */
public record LateOperation(
        TestName test, StoreName store, String operation, String key, List<StackTraceElement> stack) {

    private static final String OURS = "dev.stowage.";
    private static final int SHOWN_FRAMES = 12;

    @Override
    public String toString() {
        return store + "." + operation + " of '" + key + "' arrived after " + test + " had ended"
                + (stack.isEmpty() ? ", from the app's own HTTP client" : ", from" + frames());
    }

    private String frames() {
        return stack.stream()
                .dropWhile(frame -> isInfrastructure(frame.getClassName()))
                .filter(frame -> !isReflection(frame.getClassName()))
                .limit(SHOWN_FRAMES)
                .map(frame -> "\n    at " + frame)
                .collect(Collectors.joining());
    }

    /** Frames of spies and of the proxies behind them. */
    private static boolean isReflection(String className) {
        return className.startsWith("org.mockito.")
                || className.startsWith("jdk.proxy")
                || className.startsWith("jdk.internal.reflect.")
                || className.startsWith("java.lang.reflect.")
                || className.startsWith(OURS + "junit.mockito.");
    }

    private static boolean isInfrastructure(String className) {
        return className.startsWith("java.lang.Thread")
                || className.startsWith(OURS + "junit.scope.")
                || className.startsWith(OURS + "storage.client.");
    }
}
