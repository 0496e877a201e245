package dev.stowage.junit;

import dev.stowage.emulator.App;
import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.Install;
import dev.stowage.emulator.fault.Faults;
import dev.stowage.emulator.gate.Gate;
import dev.stowage.emulator.journal.Journal;
import dev.stowage.emulator.time.EmulatorClock;
import dev.stowage.junit.scope.TestEmulator;
import dev.stowage.junit.scope.TestScope;
import dev.stowage.storage.BaseStore;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.Storage;
import dev.stowage.storage.Store;
import dev.stowage.storage.http.HttpStorage;
import java.lang.annotation.Annotation;
import java.lang.reflect.Parameter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.platform.commons.support.AnnotationSupport;

/** What a parameter of each type is. */
final class StorageParameters {

    /** Types that somebody may well ask for, and is told then what to ask for instead. Others may be arguments of a test. */
    private static final Set<Class<?>> ASKED_FOR_IN_VAIN =
            Set.of(Emulator.class, HttpStorage.class, Store.class, SweptFault.class, Actors.class);

    private static final Map<Class<?>, Function<TestScope, Object>> BY_TYPE = byType();

    private StorageParameters() {}

    private static Map<Class<?>, Function<TestScope, Object>> byType() {
        Map<Class<?>, Function<TestScope, Object>> offered = new LinkedHashMap<>();
        offered.put(Storage.class, TestScope::storage);
        offered.put(Install.class, TestScope::install);
        offered.put(Installs.class, Installs::new);
        offered.put(App.class, TestScope::app);
        offered.put(EmulatorClock.class, scope -> scope.app().clock());
        offered.put(Faults.class, scope -> scope.app().faults());
        offered.put(Journal.class, scope -> scope.app().journal());
        offered.put(Gate.class, scope -> scope.app().gate());
        return offered;
    }

    /** True for what is offered, and for what somebody is told about. */
    static boolean isOurs(Class<?> type) {
        return isOffered(type) || ASKED_FOR_IN_VAIN.contains(type);
    }

    /** True where another extension of this project gives the parameter. */
    static boolean isAnothers(Class<?> type, ExtensionContext context) {
        return (type == SweptFault.class && isAnnotated(context, FaultSweep.class))
                || (type == Actors.class && isAnnotated(context, InterleavingTest.class));
    }

    private static boolean isOffered(Class<?> type) {
        return BY_TYPE.containsKey(type)
                || type == BaseStore.class
                || type == KeyValueStore.class
                || type == EmulatorUrl.class
                || type == Seed.class;
    }

    private static boolean isAnnotated(ExtensionContext context, Class<? extends Annotation> annotation) {
        return AnnotationSupport.isAnnotated(context.getTestMethod(), annotation);
    }

    /**
     * The value of a parameter.
     *
     * @param run the test, which is not asked for where the parameter is not one test's
     */
    static Object resolve(Parameter parameter, TestEmulator emulator, Supplier<TestRun> run) {
        Class<?> type = parameter.getType();
        if (type == EmulatorUrl.class) {
            return new EmulatorUrl(emulator.url()
                    .orElseThrow(
                            () -> refused(parameter, "the emulator serves no HTTP, since it was built with direct()")));
        }
        if (!isOffered(type)) {
            throw refused(parameter, notOffered(type));
        }
        if (type == Seed.class) {
            return run.get().seed();
        }
        TestScope scope = run.get().scope();
        if (type == BaseStore.class) {
            return baseStore(parameter, scope.storage());
        }
        if (type == KeyValueStore.class) {
            return AnnotationSupport.isAnnotated(parameter, Shared.class)
                    ? scope.storage().sharedKvStore()
                    : scope.storage().kvStore();
        }
        return Objects.requireNonNull(BY_TYPE.get(type)).apply(scope);
    }

    private static Object baseStore(Parameter parameter, Storage storage) {
        boolean secrets = AnnotationSupport.isAnnotated(parameter, Secrets.class);
        if (secrets == AnnotationSupport.isAnnotated(parameter, Settings.class)) {
            throw refused(parameter, "there are two base stores: put @Secrets or @Settings before the parameter");
        }
        return secrets ? storage.secrets() : storage.settings();
    }

    private static String notOffered(Class<?> type) {
        if (type == SweptFault.class) {
            return "only tests with @FaultSweep have one";
        }
        if (type == Actors.class) {
            return "only tests with @InterleavingTest have them";
        }
        return "a parameter can be a Storage, a KeyValueStore (with @Shared the shared one), a BaseStore with @Secrets or @Settings,"
                + " an Install, Installs, an App, an EmulatorClock, Faults, a Journal, a Gate, an EmulatorUrl or a Seed."
                + " Other installs and apps come from Installs";
    }

    private static ParameterResolutionException refused(Parameter parameter, String why) {
        return new ParameterResolutionException("The parameter "
                + parameter.getType().getSimpleName() + " " + parameter.getName() + " of "
                + parameter.getDeclaringExecutable().getName() + " can't be given: " + why + ".");
    }
}
