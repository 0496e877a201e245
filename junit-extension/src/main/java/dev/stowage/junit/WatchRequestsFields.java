package dev.stowage.junit;

import dev.stowage.junit.stale.StaleValues;
import dev.stowage.junit.wiremock.RequestWatch;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** Finds the fields with {@link WatchRequests}. No class of WireMock is loaded for tests without such a field. */
final class WatchRequestsFields {

    private WatchRequestsFields() {}

    static List<AutoCloseable> watch(ExtensionContext context, Supplier<StaleValues> staleValues) {
        List<AutoCloseable> watches = new ArrayList<>();
        for (Object instance : context.getRequiredTestInstances().getAllInstances()) {
            for (Field field : AnnotationSupport.findAnnotatedFields(
                    instance.getClass(), WatchRequests.class, any -> true, HierarchyTraversalMode.TOP_DOWN)) {
                watches.add(RequestWatch.of(server(field, instance), staleValues));
            }
        }
        return watches;
    }

    private static Object server(Field field, Object instance) {
        return ReflectionSupport.tryToReadFieldValue(field, instance)
                .toOptional()
                .orElseThrow(
                        () -> new ExtensionConfigurationException(
                                "The @WatchRequests field "
                                        + field.getDeclaringClass().getSimpleName() + "." + field.getName()
                                        + " is null when the test starts. Create the server in the field's declaration or in a @BeforeAll method."));
    }
}
