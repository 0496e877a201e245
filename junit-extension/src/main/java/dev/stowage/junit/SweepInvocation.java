package dev.stowage.junit;

import dev.stowage.emulator.sweep.DryRun;
import dev.stowage.emulator.sweep.Finding;
import dev.stowage.emulator.sweep.SingleFaultInjector;
import dev.stowage.emulator.sweep.SweepRun;
import dev.stowage.emulator.testing.TestScope;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.opentest4j.AssertionFailedError;

/** One run of a sweep: it resolves the {@link SweptFault} parameter and runs the test method. */
abstract class SweepInvocation implements TestTemplateInvocationContext, InvocationInterceptor, ParameterResolver {

    private final SweepRuns runs;

    SweepInvocation(SweepRuns runs) {
        this.runs = runs;
    }

    final SweepRuns runs() {
        return runs;
    }

    abstract SweptFault fault();

    abstract void run(Invocation<Void> invocation, TestScope scope) throws Throwable;

    @Override
    public List<Extension> getAdditionalExtensions() {
        return List.of(this);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == SweptFault.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return fault();
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        run(invocation, StorageEmulator.runOf(context, FaultSweep.class).scope());
    }

    /** A run without a fault, which finds the injection points. */
    static final class WithoutFault extends SweepInvocation {

        private final String name;

        WithoutFault(SweepRuns runs, String name) {
            super(runs);
            this.name = name;
        }

        @Override
        public String getDisplayName(int invocationIndex) {
            return name;
        }

        @Override
        SweptFault fault() {
            return new SweptFault(Optional.empty());
        }

        @Override
        void run(Invocation<Void> invocation, TestScope scope) throws Throwable {
            DryRun dryRun = new DryRun(scope.app(), runs().sweep().kinds());
            scope.watch(dryRun);
            invocation.proceed();
            scope.unwatch(dryRun);
            runs().sweep().passed(dryRun.points()).ifPresent(difference -> {
                throw new AssertionFailedError(
                        "The test is not deterministic: " + difference
                                + ". A sweep injects faults by the number of the operation, so it ends here. Generate keys from a fixed"
                                + " seed, keep no state from one run to the next (such as a static cache), and wait for threads.");
            });
        }
    }

    /** A run with one fault. */
    static final class WithFault extends SweepInvocation {

        private final SweepRun swept;

        WithFault(SweepRuns runs, SweepRun swept) {
            super(runs);
            this.swept = swept;
        }

        @Override
        public String getDisplayName(int invocationIndex) {
            return swept.toString();
        }

        @Override
        SweptFault fault() {
            return new SweptFault(Optional.of(swept));
        }

        @Override
        void run(Invocation<Void> invocation, TestScope scope) throws Throwable {
            Duration delay = Duration.ofMillis(runs().annotation().delayMillis());
            SingleFaultInjector injector = new SingleFaultInjector(scope.app(), swept, delay, true);
            scope.watch(injector);
            SweepVerdict verdict = new SweepVerdict(
                    swept,
                    new Finding(swept, scope.app(), runs().sweep()),
                    runs().annotation().errorsMayEscape());
            try {
                invocation.proceed();
            } catch (Throwable thrown) {
                verdict.thrown(thrown, injector.deviation());
            } finally {
                scope.unwatch(injector);
            }
            verdict.ended(injector.deviation());
        }
    }
}
