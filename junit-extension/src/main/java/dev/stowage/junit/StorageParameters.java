package dev.stowage.junit;

import dev.stowage.emulator.App;
import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.Install;
import dev.stowage.emulator.fault.Faults;
import dev.stowage.emulator.gate.Gate;
import dev.stowage.emulator.journal.Journal;
import dev.stowage.emulator.testing.TestEmulator;
import dev.stowage.emulator.testing.TestScope;
import dev.stowage.emulator.time.EmulatorClock;
import dev.stowage.storage.BaseStore;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.Storage;
import dev.stowage.storage.Store;
import dev.stowage.storage.http.HttpStorage;
import java.lang.annotation.Annotation;
import java.lang.reflect.Parameter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.platform.commons.support.AnnotationSupport;

/** Resolves test parameters by their type. */
final class StorageParameters {

    /** Types that are refused with a message that names the alternative. Any other type may be an argument of a parameterized test. */
    private static final Set<Class<?>> REFUSED =
            Set.of(Emulator.class, HttpStorage.class, Store.class, SweptFault.class, Actors.class);

    private static final Map<Class<?>, Function<TestScope, Object>> BY_TYPE = byType();

    private StorageParameters() {}

    private static Map<Class<?>, Function<TestScope, Object>> byType() {
        Map<Class<?>, Function<TestScope, Object>> offered = new LinkedHashMap<>();
        offered.put(Install.class, TestScope::install);
        offered.put(Installs.class, Installs::new);
        offered.put(App.class, TestScope::app);
        offered.put(EmulatorClock.class, scope -> scope.app().clock());
        offered.put(Faults.class, scope -> scope.app().faults());
        offered.put(Journal.class, scope -> scope.app().journal());
        offered.put(Gate.class, scope -> scope.app().gate());
        return offered;
    }

    /**
     * Refuses annotations of this extension on a parameter of a type that it does not resolve, such as an argument of a
     * parameterized test.
     */
    static void checkAnnotations(Parameter parameter) {
        if (!isOffered(parameter.getType()) && ParameterAnnotations.hasAny(parameter)) {
            throw refused(parameter, ParameterAnnotations.problem(parameter).orElseThrow());
        }
    }

    /** True for the types that are offered, and for those that are refused with a message. */
    static boolean isRecognized(Class<?> type) {
        return isOffered(type) || REFUSED.contains(type);
    }

    /** True where a sweep or an interleaving test resolves the parameter. */
    static boolean isResolvedElsewhere(Class<?> type, ExtensionContext context) {
        return (type == SweptFault.class && isAnnotated(context, FaultSweep.class))
                || (type == Actors.class && isAnnotated(context, InterleavingTest.class));
    }

    private static boolean isOffered(Class<?> type) {
        return BY_TYPE.containsKey(type)
                || type == Storage.class
                || type == BaseStore.class
                || type == KeyValueStore.class
                || type == EmulatorUrl.class
                || type == Seed.class;
    }

    private static boolean isAnnotated(ExtensionContext context, Class<? extends Annotation> annotation) {
        return AnnotationSupport.isAnnotated(context.getTestMethod(), annotation);
    }

    /**
     * Returns the value of a parameter.
     *
     * @param run the test; called only for parameters that belong to a test
     */
    static Object resolve(Parameter parameter, TestEmulator emulator, Supplier<TestRun> run) {
        Class<?> type = parameter.getType();
        if (!isOffered(type)) {
            throw refused(parameter, notOffered(type));
        }
        ParameterAnnotations.problem(parameter).ifPresent(problem -> {
            throw refused(parameter, problem);
        });
        if (type == EmulatorUrl.class) {
            return new EmulatorUrl(emulator.url()
                    .orElseThrow(() ->
                            refused(parameter, "the emulator serves no HTTP, because it was built with inProcess()")));
        }
        TestRun current = run.get();
        if (type == Seed.class) {
            return current.seed();
        }
        Function<TestScope, Object> control = BY_TYPE.get(type);
        return control != null ? control.apply(current.scope()) : storageOrStore(parameter, current);
    }

    private static Object storageOrStore(Parameter parameter, TestRun run) {
        run.spies().declare(parameter.getDeclaringExecutable());
        // Not the spy on the storage: it would record this call.
        Storage storage = run.scope().storage();
        return ParameterAnnotations.store(parameter)
                .map(name -> (Object)
                        switch (name) {
                            case SECRETS -> storage.secrets();
                            case SETTINGS -> storage.settings();
                            case KV_STORE -> storage.kvStore();
                            case SHARED_KV_STORE -> storage.sharedKvStore();
                        })
                .orElseGet(run.spies()::storage);
    }

    private static String notOffered(Class<?> type) {
        if (type == SweptFault.class) {
            return "only tests with @FaultSweep have a SweptFault";
        }
        if (type == Actors.class) {
            return "only tests with @InterleavingTest have Actors";
        }
        return "the supported types are Storage, KeyValueStore (with @Shared: sharedKvStore), BaseStore with @Secrets or"
                + " @Settings, Install, Installs, App, EmulatorClock, Faults, Journal, Gate, EmulatorUrl and Seed. Create other installs and apps with Installs";
    }

    private static ParameterResolutionException refused(Parameter parameter, String why) {
        return new ParameterResolutionException(ParameterAnnotations.describe(parameter) + ": " + why + ".");
    }
}
