package dev.stowage.junit;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/** Refuses annotations of this extension that have no effect where they are. */
final class TestDeclarations {

    private static final List<Class<? extends Annotation>> TESTS =
            List.of(Test.class, RepeatedTest.class, TestFactory.class, TestTemplate.class);

    private TestDeclarations() {}

    /** Checks the {@link Actor} methods of a test class. */
    static void checkActors(Class<?> testClass) {
        List<Method> tests = annotated(testClass, InterleavingTest.class);
        for (Method actor : annotated(testClass, Actor.class)) {
            String in = AnnotationSupport.findAnnotation(actor, Actor.class)
                    .orElseThrow()
                    .in();
            if (TESTS.stream().anyMatch(test -> AnnotationSupport.isAnnotated(actor, test))) {
                throw new ExtensionConfigurationException(
                        "The @Actor method " + name(actor) + " is also a test: keep one of the annotations.");
            }
            if (tests.isEmpty()) {
                throw new ExtensionConfigurationException("The @Actor method " + name(actor) + " never acts: the class "
                        + testClass.getSimpleName() + " has no @InterleavingTest.");
            }
            if (!in.isEmpty() && tests.stream().noneMatch(test -> test.getName().equals(in))) {
                throw new ExtensionConfigurationException("The method " + name(actor) + " with @Actor(in = \"" + in
                        + "\") never acts: the class has no @InterleavingTest of that name. It has "
                        + tests.stream().map(Method::getName).toList() + ".");
            }
        }
    }

    private static List<Method> annotated(Class<?> testClass, Class<? extends Annotation> annotation) {
        return AnnotationSupport.findAnnotatedMethods(testClass, annotation, HierarchyTraversalMode.TOP_DOWN);
    }

    /** Refuses a method with {@code @FaultSweep} or {@code @InterleavingTest} that JUnit would also run as another kind of test. */
    static void checkOneKindOfTest(Method method, Class<? extends Annotation> kind) {
        for (Class<? extends Annotation> other :
                List.of(Test.class, RepeatedTest.class, TestFactory.class, FaultSweep.class, InterleavingTest.class)) {
            if (other != kind && AnnotationSupport.isAnnotated(method, other)) {
                throw new ExtensionConfigurationException(name(method) + " has both @" + kind.getSimpleName() + " and @"
                        + other.getSimpleName() + ": keep one.");
            }
        }
    }

    private static String name(Method method) {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName();
    }
}
