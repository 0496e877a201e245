package dev.stowage.junit;

import dev.stowage.junit.scope.TestEmulator;
import dev.stowage.junit.scope.TestEmulatorConfig;
import java.lang.reflect.Method;
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

/**
 * Gives every test an app of its own with one install: its stores, its time, its faults and its journal belong to it alone,
 * so that tests run in parallel on one emulator with nothing to reset.
 *
 * <pre>{@code
 * @ExtendWith(StorageEmulator.class)
 * class VisitsTest {
 *     @Test
 *     void countsVisits(Storage storage, EmulatorClock clock) { … }
 * }
 * }</pre>
 *
 * <p>Parameters of tests, of {@code @BeforeEach} and {@code @AfterEach} methods, and of constructors (where a test has its
 * own instance), by type: {@code Storage}, which follows the current install; {@code KeyValueStore} ({@link Shared} for
 * the shared one), {@code BaseStore} with {@link Secrets} or {@link Settings}; {@code Install}, {@link Installs}, {@code App};
 * {@code EmulatorClock}, {@code Faults}, {@code Journal}, {@code Gate}, {@link EmulatorUrl} and {@link Seed}.
 *
 * <p>What goes through {@code Storage}, its stores or HTTP is the app's doing; what goes through {@code Install.storage()} is
 * the test's own hand. A test fails if its app uses a value of an install that was reinstalled since (a stale cache); its
 * class fails if operations come after their test has ended.
 *
 * <p>With {@code @RegisterExtension} and {@link #builder} it can be told more. Safe for parallel tests.
 */
public final class StorageEmulator
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver, InvocationInterceptor {

    static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(StorageEmulator.class);

    private static final String OWNER = "owner";
    private static final String RUN = "run";

    private final StorageEmulatorConfig config;

    /** HTTP to an emulator that all tests of the run share. For {@code @ExtendWith}. */
    public StorageEmulator() {
        this(StorageEmulatorConfig.DEFAULTS);
    }

    StorageEmulator(StorageEmulatorConfig config) {
        this.config = config;
    }

    /** For {@code @RegisterExtension static final StorageEmulator EMULATOR = StorageEmulator.builder()…build()}. */
    public static StorageEmulatorBuilder builder() {
        return new StorageEmulatorBuilder();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        claim(context);
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
        return StorageParameters.isOurs(type) && !StorageParameters.isAnothers(type, context);
    }

    @Override
    public @Nullable Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        claim(context);
        return StorageParameters.resolve(parameter.getParameter(), server(context), () -> run(context));
    }

    /** Each dynamic test begins with empty stores and an install of its own, in the app that its factory was given. */
    @Override
    public void interceptDynamicTest(
            Invocation<Void> invocation, DynamicTestInvocationContext invocationContext, ExtensionContext context)
            throws Throwable {
        TestRun run = run(context);
        run.beginDynamic();
        try {
            invocation.proceed();
            run.checkStaleValues();
        } finally {
            run.endDynamic();
        }
    }

    /** There can be only one: two would each give a test an app, and the test could not tell whose it has. */
    private void claim(ExtensionContext context) {
        Object owner = context.getStore(NAMESPACE).getOrComputeIfAbsent(OWNER, key -> this);
        if (owner != this) {
            throw new ExtensionConfigurationException(
                    context.getRequiredTestClass().getName()
                            + " has two StorageEmulator extensions: one by @ExtendWith and one by @RegisterExtension, or one of"
                            + " an enclosing class or a superclass. Keep one.");
        }
    }

    /** The emulator that this test, or this class, runs on. */
    TestEmulator server(ExtensionContext context) {
        return config.server(context, new TestEmulatorConfig(config.emulator(), config.seedDocument()));
    }

    /** What the test has; made when it is asked for the first time. */
    TestRun run(ExtensionContext context) {
        StoreResource<?> existing = context.getStore(NAMESPACE).get(RUN, StoreResource.class);
        return existing != null ? (TestRun) existing.value() : begin(context);
    }

    private TestRun begin(ExtensionContext context) {
        Method method = context.getTestMethod()
                .orElseThrow(() -> new ExtensionConfigurationException(
                        "A test's storage exists only while the test runs: take it as a parameter of the test, of a @BeforeEach or"
                                + " @AfterEach method, or, unless the class has one instance for all tests (PER_CLASS), of the constructor."
                                + " Before all tests and after them there is only EmulatorUrl."));
        return StoreResource.in(
                context, RUN, () -> TestRun.begin(context, method, server(context), config), TestRun.class);
    }

    /** The run of a test that an annotation was put on. */
    static TestRun runOf(ExtensionContext context, Class<?> annotation) {
        Object owner = context.getStore(NAMESPACE).get(OWNER);
        if (owner == null) {
            throw new ExtensionConfigurationException("@" + annotation.getSimpleName()
                    + " needs a storage to work on: put @ExtendWith(StorageEmulator.class) on the class, or a static"
                    + " @RegisterExtension field with StorageEmulator.builder()…build() into it.");
        }
        return ((StorageEmulator) owner).run(context);
    }
}
