package dev.stowage.junit;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/** Provides the runs of a {@link FaultSweep}, one after the other. */
final class FaultSweepExtension implements TestTemplateInvocationContextProvider {

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return AnnotationSupport.isAnnotated(context.getTestMethod(), FaultSweep.class);
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        FaultSweep annotation = AnnotationSupport.findAnnotation(context.getTestMethod(), FaultSweep.class)
                .orElseThrow();
        TestDeclarations.checkOneKindOfTest(context.getRequiredTestMethod(), FaultSweep.class);
        if (annotation.maxRuns() < 1) {
            throw new ExtensionConfigurationException(
                    "maxRuns is " + annotation.maxRuns() + "; it must be at least 1.");
        }
        SweepRuns runs = new SweepRuns(annotation, SweepRunCache.of(context));
        // Each run is chosen when the one before it has ended.
        return Stream.generate(runs::next).takeWhile(Optional::isPresent).flatMap(Optional::stream);
    }
}
