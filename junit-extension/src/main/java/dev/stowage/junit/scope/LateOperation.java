package dev.stowage.junit.scope;

import dev.stowage.storage.StoreName;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An operation that came after its test had ended.
 *
 * @param stack whose call it was; empty where it came over somebody else's connection
 */
public record LateOperation(
        TestName test, StoreName store, String operation, String key, List<StackTraceElement> stack) {

    private static final String OURS = "dev.stowage.";
    private static final int SHOWN_FRAMES = 12;

    @Override
    public String toString() {
        return store + "." + operation + " of '" + key + "' came after " + test + " had ended"
                + (stack.isEmpty() ? ", over a connection of the app's own" : ", from" + frames());
    }

    private String frames() {
        return stack.stream()
                .dropWhile(frame -> isInfrastructure(frame.getClassName()))
                .limit(SHOWN_FRAMES)
                .map(frame -> "\n    at " + frame)
                .collect(Collectors.joining());
    }

    private static boolean isInfrastructure(String className) {
        return className.startsWith("java.lang.Thread")
                || className.startsWith(OURS + "junit.scope.")
                || className.startsWith(OURS + "storage.client.");
    }
}
