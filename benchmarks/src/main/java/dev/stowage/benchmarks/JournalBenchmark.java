package dev.stowage.benchmarks;

import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.EmulatorConfig;
import dev.stowage.storage.Hash;
import dev.stowage.storage.KeyValueStore;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Measures an operation in process with and without the journal, in nanoseconds. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(3)
public class JournalBenchmark {

    @Param({"0", "10000"})
    private int journalCapacity;

    private Emulator emulator;
    private KeyValueStore store;

    @Setup(Level.Trial)
    public void start() {
        emulator = Emulator.start(EmulatorConfig.inProcess().toBuilder()
                .journalCapacity(journalCapacity)
                .build());
        store = emulator.install().storage().kvStore();
        store.put("k", Hash.of("n", 1));
    }

    @TearDown(Level.Trial)
    public void close() {
        emulator.close();
    }

    @Benchmark
    public Object get() {
        return store.get("k");
    }

    @Benchmark
    public double increment() {
        return store.increment("k", "n");
    }
}
