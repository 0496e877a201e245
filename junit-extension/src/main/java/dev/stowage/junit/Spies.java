package dev.stowage.junit;

import dev.stowage.emulator.testing.TestScope;
import dev.stowage.junit.mockito.StorageSpies;
import dev.stowage.storage.BaseStore;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.Storage;
import dev.stowage.storage.StoreName;
import java.lang.annotation.Annotation;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** The spies of one test, by its {@link Spied} parameters. No class of Mockito is loaded for tests without them. */
final class Spies {

    private final TestScope scope;
    private final boolean reportsUnusedStubs;
    private boolean spiesStorage;
    private @Nullable Storage storageSpy;

    Spies(TestScope scope, boolean reportsUnusedStubs) {
        this.scope = scope;
        this.reportsUnusedStubs = reportsUnusedStubs;
    }

    /** The methods and constructors that take part in a test, whose parameters decide what is spied. */
    static Stream<Executable> executablesOf(Class<?> testClass, Method test) {
        List<Executable> executables = new ArrayList<>(List.of(test));
        for (Class<?> enclosing = testClass; enclosing != null; enclosing = enclosing.getEnclosingClass()) {
            executables.addAll(Arrays.asList(enclosing.getDeclaredConstructors()));
            for (Class<? extends Annotation> annotation : List.of(BeforeEach.class, AfterEach.class, Actor.class)) {
                executables.addAll(
                        AnnotationSupport.findAnnotatedMethods(enclosing, annotation, HierarchyTraversalMode.TOP_DOWN));
            }
        }
        return executables.stream();
    }

    /** Spies what the parameters ask for, from the next use on. */
    synchronized void declare(Executable executable) {
        for (Parameter parameter : executable.getParameters()) {
            if (AnnotationSupport.isAnnotated(parameter, Spied.class)
                    && ParameterAnnotations.problem(parameter).isEmpty()) {
                requireMockito(parameter);
                Optional<StoreName> store = ParameterAnnotations.store(parameter);
                spiesStorage |= store.isEmpty();
                store.ifPresent(name -> scope.wrapStore(
                        name,
                        real -> name.isKeyValue()
                                ? spy(KeyValueStore.class, (KeyValueStore) real, name.wireName())
                                : spy(BaseStore.class, (BaseStore) real, name.wireName())));
            }
        }
    }

    private <T> T spy(Class<T> type, T real, String name) {
        return StorageSpies.spy(type, real, name, reportsUnusedStubs);
    }

    private static void requireMockito(Parameter parameter) {
        if (ReflectionSupport.tryToLoadClass("org.mockito.Mockito").toOptional().isEmpty()) {
            throw new ParameterResolutionException(ParameterAnnotations.describe(parameter)
                    + ": @Spied requires Mockito 5. Add org.mockito:mockito-core to the test class path.");
        }
    }

    /** The test's storage, or the spy on it. */
    synchronized Storage storage() {
        if (!spiesStorage) {
            return scope.storage();
        }
        if (storageSpy == null) {
            storageSpy = spy(Storage.class, scope.storage(), "storage");
        }
        return storageSpy;
    }
}
