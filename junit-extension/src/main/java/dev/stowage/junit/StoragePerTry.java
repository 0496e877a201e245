package dev.stowage.junit;

import dev.stowage.emulator.EmulatorConfig;
import dev.stowage.junit.scope.ServerSettings;
import dev.stowage.junit.scope.TestName;
import dev.stowage.junit.scope.TestServer;
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
 * <p>{@link Direct} is the same without HTTP.
 */
public class StoragePerTry implements ResolveParameterHook, AroundTryHook {

    /** Operations go straight to the emulator: ten times the tries in the same time. */
    public static final class Direct extends StoragePerTry {
        public Direct() {
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
        return Parameters.isOurs(parameter.parameter().getType())
                ? Optional.of(
                        tried -> Parameters.resolve(parameter.parameter(), server(), () -> current(context.label())))
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

    private TestServer server() {
        return Store.getOrCreate(
                        config,
                        Lifespan.RUN,
                        () -> new Running(
                                TestServer.start(new ServerSettings(config.emulator(), config.seedDocument()))))
                .get()
                .server();
    }

    private TestRun current(String label) {
        Tried tried =
                Store.getOrCreate(StoragePerTry.class, Lifespan.TRY, Tried::new).get();
        return tried.run(server(), label, config);
    }

    /** The emulator; it ends with the run. */
    private record Running(TestServer server) implements Store.CloseOnReset {
        @Override
        public void close() {
            server.close();
        }
    }

    /** What a try has, once it has asked for it; its app is forgotten with it. */
    private static final class Tried implements Store.CloseOnReset {

        private final EndedTests ended = new EndedTests();
        private @Nullable TestRun run;

        TestRun run(TestServer server, String label, StorageEmulatorConfig config) {
            if (run == null) {
                run = new TestRun(server.open(new TestName(label, label)), config, Seed.drawn(), ended);
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
