package dev.stowage.junit;

import dev.stowage.emulator.EmulatorConfig;
import dev.stowage.junit.scope.TestEmulator;
import dev.stowage.junit.scope.TestEmulatorConfig;
import dev.stowage.junit.scope.TestName;
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
 * For jqwik, whose properties run without Jupiter's extensions: gives {@code @Property} methods the parameters that {@link
 * StorageEmulator} gives tests, with an app and an install of its own for every try.
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

    /** Operations go straight to the emulator: ten times the tries in the same time. */
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
        config = new StorageEmulatorConfig(emulator, false, Optional.empty(), Set.of(), true);
    }

    @Override
    public Optional<ParameterSupplier> resolve(ParameterResolutionContext parameter, LifecycleContext context) {
        return StorageParameters.isOurs(parameter.parameter().getType())
                ? Optional.of(tried ->
                        StorageParameters.resolve(parameter.parameter(), server(), () -> current(context.label())))
                : Optional.empty();
    }

    @Override
    public TryExecutionResult aroundTry(TryLifecycleContext context, TryExecutor tried, List<Object> parameters) {
        TestRun run = current(context.label());
        TryExecutionResult result = tried.execute(parameters);
        run.close();
        try {
            run.checkStaleValues();
            return result;
        } catch (AssertionError stale) {
            return result.isFalsified() ? result : TryExecutionResult.falsified(stale);
        }
    }

    /** To the properties of a class that it was put on, too. */
    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }

    private TestEmulator server() {
        return Store.getOrCreate(
                        config,
                        Lifespan.RUN,
                        () -> new Running(
                                TestEmulator.start(new TestEmulatorConfig(config.emulator(), config.seedDocument()))))
                .get()
                .emulator();
    }

    private TestRun current(String label) {
        TryState tryState = Store.getOrCreate(StoragePerTry.class, Lifespan.TRY, TryState::new)
                .get();
        return tryState.run(server(), label, config);
    }

    /** The emulator; it ends with the run. */
    private record Running(TestEmulator emulator) implements Store.CloseOnReset {
        @Override
        public void close() {
            emulator.close();
        }
    }

    /** What a try has, once it has asked for it; its app is forgotten with it. */
    private static final class TryState implements Store.CloseOnReset {

        private final CompletedTests ended = new CompletedTests();
        private @Nullable TestRun run;

        TestRun run(TestEmulator emulator, String label, StorageEmulatorConfig config) {
            if (run == null) {
                run = new TestRun(emulator.open(new TestName(label, label)), config, Seed.drawn(), ended);
            }
            return run;
        }

        @Override
        public void close() {
            if (run != null) {
                run.close();
            }
            ended.close();
        }
    }
}
