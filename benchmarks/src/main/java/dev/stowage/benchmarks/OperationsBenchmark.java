package dev.stowage.benchmarks;

import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.EmulatorConfig;
import dev.stowage.storage.Hash;
import dev.stowage.storage.KeyValueStore;
import java.util.concurrent.ThreadLocalRandom;
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

/** Measures operations in process, on one thread, with records of 1 KB. A read also accesses a field, so lazy work is included. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 10, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgs = {"-Xms6g", "-Xmx6g", "-XX:+AlwaysPreTouch", "-XX:+UseTransparentHugePages", "-XX:+UseParallelGC"})
public class OperationsBenchmark {

    @Param({"1000", "1000000"})
    private int records;

    private Emulator emulator;
    private KeyValueStore store;
    private String[] keys;
    private Hash[] values;

    @Setup(Level.Trial)
    public void fill() {
        emulator = Emulator.start(EmulatorConfig.inProcess());
        store = emulator.install().storage().kvStore();
        keys = new String[records];
        for (int i = 0; i < records; i++) {
            keys[i] = "key-" + i;
            store.put(keys[i], Records.ofOneKilobyte(i));
        }
        values = new Hash[1_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = Records.ofOneKilobyte(i);
        }
    }

    @TearDown(Level.Trial)
    public void close() {
        emulator.close();
    }

    /** Returns one of the same 1,000 keys for any number of records: measures the cost of the number of records only. */
    private String anyKey() {
        return keys[ThreadLocalRandom.current().nextInt(1_000) * (keys.length / 1_000)];
    }

    /** Returns one of all keys: with a million keys, most accesses miss the processor's caches. */
    private String anywhere() {
        return keys[ThreadLocalRandom.current().nextInt(keys.length)];
    }

    @Benchmark
    public Object get() {
        return store.get(anyKey()).get("field5");
    }

    @Benchmark
    public Object getAnywhere() {
        return store.get(anywhere()).get("field5");
    }

    @Benchmark
    public Object putAnywhere() {
        int i = ThreadLocalRandom.current().nextInt(values.length);
        return store.put(anywhere(), values[i]);
    }

    @Benchmark
    public Object put() {
        int i = ThreadLocalRandom.current().nextInt(values.length);
        return store.put(anyKey(), values[i]);
    }

    @Benchmark
    public Object patch() {
        return store.patch(anyKey(), Hash.of("field5", "patched"));
    }

    @Benchmark
    public double increment() {
        return store.increment(anyKey(), "n");
    }
}
