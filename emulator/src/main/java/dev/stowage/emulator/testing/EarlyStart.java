package dev.stowage.emulator.testing;

import dev.stowage.emulator.record.FutureResult;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One start of an emulator on another thread, before it is asked for. If nobody asks for it, it is closed again. */
final class EarlyStart {

    /** Also tools that only look for tests find some, for example Maven before it starts the JVM that runs them. */
    private static final Duration LONGEST_UNUSED = Duration.ofMinutes(1);

    private final Function<TestEmulatorConfig, TestEmulator> starting;
    private final Duration longestUnused;
    private final AtomicReference<@Nullable Early> early = new AtomicReference<>();
    private final AtomicBoolean isTaken = new AtomicBoolean();

    EarlyStart(Function<TestEmulatorConfig, TestEmulator> starting) {
        this(starting, LONGEST_UNUSED);
    }

    EarlyStart(Function<TestEmulatorConfig, TestEmulator> starting, Duration longestUnused) {
        this.starting = starting;
        this.longestUnused = longestUnused;
    }

    private record Early(TestEmulatorConfig config, CompletableFuture<TestEmulator> emulator) {}

    /** Starts an emulator, unless one was started early before. */
    void begin(TestEmulatorConfig config) {
        Early begun = new Early(config, new CompletableFuture<>());
        if (early.compareAndSet(null, begun)) {
            Thread thread = new Thread(
                    () -> begun.emulator().completeAsync(() -> starting.apply(config), Runnable::run),
                    "stowage-early-start");
            thread.setDaemon(true);
            thread.start();
            CompletableFuture.delayedExecutor(longestUnused.toNanos(), TimeUnit.NANOSECONDS)
                    .execute(() -> closeIfUnused(begun));
        }
    }

    private void closeIfUnused(Early begun) {
        if (!isTaken.getAndSet(true)) {
            var unused = begun.emulator().thenAccept(TestEmulator::close);
        }
    }

    /** Returns the emulator that was started early for an equal configuration, once; else starts one. */
    TestEmulator orStart(TestEmulatorConfig config) {
        Early begun = early.get();
        return begun != null && begun.config().equals(config) && !isTaken.getAndSet(true)
                ? FutureResult.of(begun.emulator())
                : starting.apply(config);
    }
}
