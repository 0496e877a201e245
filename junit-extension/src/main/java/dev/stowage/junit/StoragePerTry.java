package dev.stowage.junit;

import dev.stowage.emulator.EmulatorConfig;
import dev.stowage.emulator.testing.TestEmulator;
import dev.stowage.emulator.testing.TestEmulatorConfig;
import dev.stowage.emulator.testing.TestName;
import dev.stowage.emulator.testing.TestScope;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.lifecycle.AroundTryHook;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.Lifespan;
import net.jqwik.api.lifecycle.ParameterResolutionContext;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.ResolveParameterHook;
import net.jqwik.api.lifecycle.Store;
import net.jqwik.api.lifecycle.TryExecutionResult;
import net.jqwik.api.lifecycle.TryExecutor;
import net.jqwik.api.lifecycle.TryLifecycleContext;
import org.jspecify.annotations.Nullable;

/**
 * A jqwik lifecycle hook that gives {@code @Property} methods the parameters of {@link StorageEmulator}, with a new app and
 * install for every try. (Jupiter extensions do not run in jqwik properties.)
 *
 * <pre>{@code
 * @Property
 * @AddLifecycleHook(StoragePerTry.class)
 * void readsBack(@ForAll String text, Storage storage) { … }
 * }</pre>
 *
 * <p>{@link InProcess} is the same without HTTP.
 */
public class StoragePerTry implements ResolveParameterHook, AroundTryHook {

    /** Calls the emulator directly, without HTTP, which is about ten times as fast. */
    public static final class InProcess extends StoragePerTry {
        public InProcess() {
            super(EmulatorConfig.inProcess());
        }
    }

    private final StorageEmulatorConfig config;

    public StoragePerTry() {
        this(EmulatorConfig.defaults());
    }

    private StoragePerTry(EmulatorConfig emulator) {
        config = new StorageEmulatorConfig(emulator, false, Optional.empty(), Set.of(), true, AdviceMode.OFF, Set.of());
    }

    @Override
    public Optional<ParameterSupplier> resolve(ParameterResolutionContext parameter, LifecycleContext context) {
        StorageParameters.checkAnnotations(parameter.parameter());
        return StorageParameters.isRecognized(parameter.parameter().getType())
                ? Optional.of(any ->
                        StorageParameters.resolve(parameter.parameter(), emulator(), () -> current(context.label())))
                : Optional.empty();
    }

    @Override
    public TryExecutionResult aroundTry(TryLifecycleContext context, TryExecutor executor, List<Object> parameters) {
        TestRun run = current(context.label());
        TryExecutionResult result = executor.execute(parameters);
        run.close();
        if (result.isFalsified()) {
            result.throwable().ifPresent(run::report);
            return result;
        }
        try {
            run.checkStaleValues();
            return result;
        } catch (AssertionError stale) {
            run.report(stale);
            return TryExecutionResult.falsified(stale);
        }
    }

    /** On a class, the hook applies to all its properties. */
    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }

    private TestEmulator emulator() {
        return Store.getOrCreate(
                        config,
                        Lifespan.RUN,
                        () -> new Running(
                                TestEmulator.start(new TestEmulatorConfig(config.emulator(), config.initialData()))))
                .get()
                .emulator();
    }

    private TestRun current(String label) {
        TryState tryState = Store.getOrCreate(StoragePerTry.class, Lifespan.TRY, TryState::new)
                .get();
        return tryState.run(emulator(), label, config);
    }

    /** The emulator, which is closed at the end of the run. */
    private record Running(TestEmulator emulator) implements Store.CloseOnReset {
        @Override
        public void close() {
            emulator.close();
        }
    }

    /** The test run of a try, started when its first parameter is resolved and closed at the end of the try. */
    private static final class TryState implements Store.CloseOnReset {

        private final CompletedTests completedTests = new CompletedTests();
        private @Nullable TestRun run;

        TestRun run(TestEmulator emulator, String label, StorageEmulatorConfig config) {
            if (run == null) {
                TestScope scope = emulator.open(new TestName(label, label));
                run = new TestRun(scope, new Spies(scope, false), config, Seed.random(), completedTests);
            }
            return run;
        }

        @Override
        public void close() {
            if (run != null) {
                run.close();
            }
            completedTests.close();
        }
    }
}
