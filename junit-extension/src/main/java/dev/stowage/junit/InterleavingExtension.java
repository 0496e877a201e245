package dev.stowage.junit;

import dev.stowage.emulator.interleaving.Orders;
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
        Runs runs = new Runs(
                orders(
                        annotation,
                        context.getRequiredTestClass().getName() + "."
                                + context.getRequiredTestMethod().getName()),
                annotation,
                context);
        // Each run is chosen when the one before it has ended.
        return Stream.generate(runs::next).takeWhile(Optional::isPresent).flatMap(Optional::stream);
    }

    private static Orders orders(InterleavingTest annotation, String testName) {
        try {
            return annotation.replay().isEmpty()
                    ? Orders.explore(testName, annotation.maxOrders())
                    : Orders.replay(testName, annotation.replay());
        } catch (IllegalArgumentException wrong) {
            throw new ExtensionConfigurationException(wrong.getMessage());
        }
    }

    /** The runs of one method. The order of each is chosen when the one before it has passed. */
    private static final class Runs {

        private final Orders orders;
        private final InterleavingTest annotation;
        private final ExtensionContext context;
        private InterleavingInvocation.Result last = InterleavingInvocation.Result.ofNoRun();

        Runs(Orders orders, InterleavingTest annotation, ExtensionContext context) {
            this.orders = orders;
            this.annotation = annotation;
            this.context = context;
        }

        Optional<TestTemplateInvocationContext> next() {
            if (!last.hasPassed()) {
                return Optional.empty();
            }
            last = new InterleavingInvocation.Result();
            Optional<TestTemplateInvocationContext> run = orders.next()
                    .map(strategy -> new InterleavingInvocation(
                            orders.isReplay() ? "the order " + annotation.replay() : "order " + orders.begun(),
                            orders,
                            strategy,
                            Duration.ofMillis(annotation.deadlineMillis()),
                            last));
            if (run.isEmpty() && !orders.isReplay()) {
                context.publishReportEntry("stowage.interleavings", orders.summary());
            }
            return run;
        }
    }
}
