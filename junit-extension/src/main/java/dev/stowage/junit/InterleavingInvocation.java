package dev.stowage.junit;

import dev.stowage.emulator.interleaving.ActorDeadlockException;
import dev.stowage.emulator.interleaving.ActorDivergenceException;
import dev.stowage.emulator.interleaving.Orders;
import dev.stowage.emulator.interleaving.SchedulingStrategy;
import dev.stowage.emulator.testing.ActorScheduler;
import dev.stowage.emulator.testing.ThrowableSummary;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** One order of an interleaving test: it provides the actors, runs those that are methods, and describes the order when the test fails. */
final class InterleavingInvocation implements TestTemplateInvocationContext, InvocationInterceptor, ParameterResolver {

    /** Whether a run has passed, which decides on the next. */
    static final class Result {
        private boolean passed;

        /** Before the first run. */
        static Result ofNoRun() {
            Result none = new Result();
            none.passed = true;
            return none;
        }

        boolean hasPassed() {
            return passed;
        }
    }

    private final String name;
    private final Orders orders;
    private final SchedulingStrategy strategy;
    private final Duration deadline;
    private final Result result;
    private @Nullable ActorScheduler scheduler;
    private @Nullable Actors actors;

    InterleavingInvocation(String name, Orders orders, SchedulingStrategy strategy, Duration deadline, Result result) {
        this.name = name;
        this.orders = orders;
        this.strategy = strategy;
        this.deadline = deadline;
        this.result = result;
    }

    @Override
    public String getDisplayName(int invocationIndex) {
        return name;
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
        return List.of(this);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Actors.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return actors(context);
    }

    private Actors actors(ExtensionContext context) {
        if (actors == null) {
            scheduler = new ActorScheduler(
                    StorageEmulator.runOf(context, InterleavingTest.class).scope(), strategy, deadline);
            actors = new Actors(scheduler);
        }
        return actors;
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        boolean areLambdas = actors != null;
        Actors actorsOfRun = actors(context);
        try {
            if (areLambdas) {
                refuseMethods(context);
            } else {
                addMethods(actorsOfRun, context);
                actorsOfRun.run();
            }
            invocation.proceed();
        } catch (ExtensionConfigurationException
                | TestAbortedException
                | ActorDeadlockException
                | ActorDivergenceException selfExplanatory) {
            throw selfExplanatory;
        } catch (Throwable thrown) {
            throw new AssertionFailedError(message(thrown), thrown);
        }
        if (!actorsOfRun.haveRun()) {
            throw new ExtensionConfigurationException("The actors of "
                    + context.getRequiredTestClass().getName() + "."
                    + context.getRequiredTestMethod().getName()
                    + " never ran, so nothing was tested: call actors.run() after adding them.");
        }
        result.passed = true;
    }

    /** An actor that names a test with an {@link Actors} parameter would never run. */
    private static void refuseMethods(ExtensionContext context) {
        String test = context.getRequiredTestMethod().getName();
        for (Method method : AnnotationSupport.findAnnotatedMethods(
                context.getRequiredTestClass(), Actor.class, HierarchyTraversalMode.TOP_DOWN)) {
            if (AnnotationSupport.findAnnotation(method, Actor.class)
                    .orElseThrow()
                    .in()
                    .equals(test)) {
                throw new ExtensionConfigurationException("The @Actor method " + method.getName() + " never acts in "
                        + test + ", because that test has an Actors parameter: add every actor to that, or remove it.");
            }
        }
    }

    private static void addMethods(Actors actors, ExtensionContext context) {
        String test = context.getRequiredTestMethod().getName();
        for (Method method : AnnotationSupport.findAnnotatedMethods(
                context.getRequiredTestClass(), Actor.class, HierarchyTraversalMode.TOP_DOWN)) {
            String in = AnnotationSupport.findAnnotation(method, Actor.class)
                    .orElseThrow()
                    .in();
            if (in.isEmpty() || in.equals(test)) {
                actors.actor(
                        method.getName(),
                        () -> context.getExecutableInvoker().invoke(method, context.getRequiredTestInstance()));
            }
        }
    }

    private String message(Throwable thrown) {
        if (scheduler == null || scheduler.steps().isEmpty()) {
            return "The test failed before the actors did anything: " + ThrowableSummary.describe(thrown);
        }
        return orders.describeFailure(scheduler.columns(), ThrowableSummary.describe(thrown))
                + "\nTo run only this order: @InterleavingTest(replay = \"" + orders.token(scheduler.steps()) + "\")";
    }
}
