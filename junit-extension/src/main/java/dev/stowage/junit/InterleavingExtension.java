package dev.stowage.junit;

import dev.stowage.junit.interleaving.Exploration;
import dev.stowage.junit.interleaving.ReplayToken;
import dev.stowage.junit.interleaving.SchedulingStrategy;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/** Provides the runs of an {@link InterleavingTest}, one after the other. */
final class InterleavingExtension implements TestTemplateInvocationContextProvider {

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return AnnotationSupport.isAnnotated(context.getTestMethod(), InterleavingTest.class);
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        InterleavingTest annotation = AnnotationSupport.findAnnotation(context.getTestMethod(), InterleavingTest.class)
                .orElseThrow();
        TestDeclarations.checkOneKindOfTest(context.getRequiredTestMethod(), InterleavingTest.class);
        if (annotation.maxOrders() < 1 || annotation.deadlineMillis() < 1) {
            throw new ExtensionConfigurationException("maxOrders and deadlineMillis must be at least 1; they are "
                    + annotation.maxOrders() + " and " + annotation.deadlineMillis() + ".");
        }
        Duration deadline = Duration.ofMillis(annotation.deadlineMillis());
        String testName = context.getRequiredTestClass().getName() + "."
                + context.getRequiredTestMethod().getName();
        if (!annotation.replay().isEmpty()) {
            SchedulingStrategy replay = SchedulingStrategy.replay(replayToken(annotation, testName));
            return Stream.of(new InterleavingInvocation(
                    "the order " + annotation.replay(),
                    "Only this order was run.",
                    testName,
                    replay,
                    deadline,
                    new InterleavingInvocation.Result()));
        }
        Orders orders = new Orders(testName, annotation.maxOrders(), deadline, context);
        return LazyStream.stream(orders::next);
    }

    private static ReplayToken replayToken(InterleavingTest annotation, String testName) {
        try {
            return ReplayToken.parse(annotation.replay(), testName);
        } catch (IllegalArgumentException wrong) {
            throw new ExtensionConfigurationException(wrong.getMessage());
        }
    }

    /** The orders of one method. Each is chosen when the one before it has passed. */
    private static final class Orders {

        private final Exploration exploration = new Exploration();
        private final String testName;
        private final int maxOrders;
        private final Duration deadline;
        private final ExtensionContext context;
        private InterleavingInvocation.Result last = new InterleavingInvocation.Result();

        Orders(String testName, int maxOrders, Duration deadline, ExtensionContext context) {
            this.testName = testName;
            this.maxOrders = maxOrders;
            this.deadline = deadline;
            this.context = context;
        }

        Optional<TestTemplateInvocationContext> next() {
            if (exploration.orders() > 0) {
                if (!last.hasPassed()) {
                    return Optional.empty();
                }
                boolean isThereMore = exploration.next();
                if (!isThereMore || exploration.orders() == maxOrders) {
                    report(isThereMore);
                    return Optional.empty();
                }
            }
            exploration.begin();
            last = new InterleavingInvocation.Result();
            return Optional.of(new InterleavingInvocation(
                    "order " + exploration.orders(), progress(), testName, exploration, deadline, last));
        }

        private String progress() {
            int before = exploration.orders() - 1;
            return switch (before) {
                case 0 -> "This is the first order that was run. No other order was run.";
                case 1 -> "The order before this one passed. No order after it was run.";
                default -> "The " + before + " orders before this one passed. No order after it was run.";
            };
        }

        private void report(boolean isThereMore) {
            context.publishReportEntry(
                    "stowage.interleavings",
                    exploration.orders() + (exploration.orders() == 1 ? " order" : " orders") + " of operations run: "
                            + (isThereMore
                                    ? "not exhaustive, because maxOrders = " + maxOrders + " was reached"
                                    : "all that can make a difference"));
        }
    }
}
