package dev.stowage.junit;

import dev.stowage.emulator.testing.TestEmulator;
import dev.stowage.emulator.testing.TestEmulatorConfig;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * A JUnit Jupiter extension that gives every test its own app with one install. Stores, clock, faults and journal belong to that
 * app, so tests can run in parallel on one emulator and nothing has to be reset.
 *
 * <pre>{@code
 * @ExtendWith(StorageEmulator.class)
 * class VisitsTest {
 *     @Test
 *     void countsVisits(Storage storage, EmulatorClock clock) { … }
 * }
 * }</pre>
 *
 * <p>It resolves parameters of tests, of {@code @BeforeEach} and {@code @AfterEach} methods, and of constructors (unless one
 * instance serves all tests), by type: {@code Storage}, which follows the current install; {@code KeyValueStore} ({@link Shared} for
 * the shared one), {@code BaseStore} with {@link Secrets} or {@link Settings} (each of them can be {@link Spied}); {@code Install}, {@link Installs}, {@code App};
 * {@code EmulatorClock}, {@code Faults}, {@code Journal}, {@code Gate}, {@link EmulatorUrl} and {@link Seed}.
 *
 * <p>Operations through {@code Storage}, its stores or HTTP are <em>app calls</em>. Operations through {@code Install.storage()}
 * are <em>test calls</em>. A test fails if its app uses a value of an install that was reinstalled since (a stale cache). A test
 * class fails if operations arrive after their test has ended.
 *
 * <p>Use {@code @RegisterExtension} and {@link #builder} to configure it. Safe for parallel tests.
 */
public final class StorageEmulator
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver, InvocationInterceptor {

    static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(StorageEmulator.class);

    private static final String OWNER = "owner";
    private static final String RUN = "run";

    private final StorageEmulatorConfig config;

    /** The default configuration: HTTP to an emulator that all tests of the run share. For {@code @ExtendWith}. */
    public StorageEmulator() {
        this(StorageEmulatorConfig.DEFAULTS);
    }

    StorageEmulator(StorageEmulatorConfig config) {
        this.config = config;
    }

    /** Configures the extension: {@code @RegisterExtension static final StorageEmulator EMULATOR = StorageEmulator.builder()…build()}. */
    public static StorageEmulatorBuilder builder() {
        return new StorageEmulatorBuilder();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        claim(context);
        TestDeclarations.checkActors(context.getRequiredTestClass());
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        claim(context);
        run(context).watchRequestsOf(context);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        run(context).end(context);
    }

    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext rootContext) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        StorageParameters.checkAnnotations(parameter.getParameter());
        return StorageParameters.isRecognized(type) && !StorageParameters.isResolvedElsewhere(type, context);
    }

    @Override
    public @Nullable Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        claim(context);
        return StorageParameters.resolve(parameter.getParameter(), emulator(context), () -> run(context));
    }

    /** Each dynamic test starts with empty stores and a new install, in the app of its factory. */
    @Override
    public void interceptDynamicTest(
            Invocation<Void> invocation, DynamicTestInvocationContext invocationContext, ExtensionContext context)
            throws Throwable {
        TestRun run = run(context);
        run.beginDynamic();
        try {
            invocation.proceed();
            run.checkStaleValues();
        } catch (Throwable failure) {
            run.report(failure, context);
            throw failure;
        } finally {
            run.endDynamic();
        }
    }

    /** A test whose constructor fails never reaches {@link #afterEach}, which reports other failures. */
    @Override
    public <T> T interceptTestClassConstructor(
            Invocation<T> invocation,
            ReflectiveInvocationContext<Constructor<T>> invocationContext,
            ExtensionContext context)
            throws Throwable {
        try {
            return invocation.proceed();
        } catch (Throwable failure) {
            existingRun(context).ifPresent(run -> run.report(failure, context));
            throw failure;
        }
    }

    /** Refuses a second extension: each would give a test an app, and parameters would come from both. */
    private void claim(ExtensionContext context) {
        Object owner = context.getStore(NAMESPACE).getOrComputeIfAbsent(OWNER, key -> this);
        if (owner != this) {
            throw new ExtensionConfigurationException(
                    context.getRequiredTestClass().getName()
                            + " has two StorageEmulator extensions. The second one comes from @ExtendWith, from @RegisterExtension,"
                            + " from an enclosing class or from a superclass. Keep one.");
        }
    }

    /** The emulator that this test or class runs on. */
    TestEmulator emulator(ExtensionContext context) {
        return config.emulatorFor(context, new TestEmulatorConfig(config.emulator(), config.initialData()));
    }

    /** The run of this test; started on the first call. */
    TestRun run(ExtensionContext context) {
        return existingRun(context).orElseGet(() -> begin(context));
    }

    private static Optional<TestRun> existingRun(ExtensionContext context) {
        return Optional.ofNullable(context.getStore(NAMESPACE).get(RUN, StoreResource.class))
                .map(resource -> (TestRun) resource.value());
    }

    private TestRun begin(ExtensionContext context) {
        Method method = context.getTestMethod()
                .orElseThrow(() -> new ExtensionConfigurationException(
                        "A test's storage exists only while the test runs. Declare the parameter on the test, on a @BeforeEach or"
                                + " @AfterEach method, or on the constructor (unless one instance serves all tests: PER_CLASS)."
                                + " @BeforeAll and @AfterAll methods can only have an EmulatorUrl."));
        return StoreResource.in(
                context, RUN, () -> TestRun.begin(context, method, emulator(context), config), TestRun.class);
    }

    /** The run of a test that has an annotation which needs this extension. */
    static TestRun runOf(ExtensionContext context, Class<?> annotation) {
        Object owner = context.getStore(NAMESPACE).get(OWNER);
        if (owner == null) {
            throw new ExtensionConfigurationException("@" + annotation.getSimpleName()
                    + " needs the StorageEmulator extension: put @ExtendWith(StorageEmulator.class) on the class, or declare a"
                    + " static @RegisterExtension field with StorageEmulator.builder()…build().");
        }
        return ((StorageEmulator) owner).run(context);
    }
}
