package dev.stowage.junit;

import dev.stowage.emulator.stale.StaleValues;
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
            for (Field field : fieldsOf(instance)) {
                watches.add(RequestWatch.of(server(field, instance), staleValues));
            }
        }
        return watches;
    }

    /** Refuses the annotation in tests that do not detect stale values, where it would have no effect. */
    static void refuseAny(ExtensionContext context) {
        for (Object instance : context.getRequiredTestInstances().getAllInstances()) {
            for (Field field : fieldsOf(instance)) {
                throw new ExtensionConfigurationException("@WatchRequests on the field " + name(field)
                        + " has no effect, because ignoreStaleValues() turns off the detection of stale values: remove one of"
                        + " the two.");
            }
        }
    }

    private static List<Field> fieldsOf(Object instance) {
        return AnnotationSupport.findAnnotatedFields(
                instance.getClass(), WatchRequests.class, any -> true, HierarchyTraversalMode.TOP_DOWN);
    }

    private static String name(Field field) {
        return field.getDeclaringClass().getSimpleName() + "." + field.getName();
    }

    private static Object server(Field field, Object instance) {
        return ReflectionSupport.tryToReadFieldValue(field, instance)
                .toOptional()
                .orElseThrow(
                        () -> new ExtensionConfigurationException(
                                "The @WatchRequests field " + name(field)
                                        + " is null when the test starts. Create the server in the field's declaration or in a @BeforeAll method."));
    }
}
