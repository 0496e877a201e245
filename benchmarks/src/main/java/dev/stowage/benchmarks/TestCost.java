package dev.stowage.benchmarks;

import dev.stowage.emulator.EmulatorConfig;
import dev.stowage.emulator.testing.TestEmulator;
import dev.stowage.emulator.testing.TestEmulatorConfig;
import dev.stowage.emulator.testing.TestName;
import dev.stowage.emulator.testing.TestScope;
import dev.stowage.storage.Hash;
import java.util.Arrays;
import java.util.Optional;

/** Measures the cost of the JUnit extension per test: creating the app and install, and the whole test with one operation. */
final class TestCost {

    private static final int TESTS = 10_000;
    private static final int WARM_UP = 8_000;

    private TestCost() {}

    static void main(String... args) {
        measure("direct", EmulatorConfig.inProcess());
        measure("over HTTP", EmulatorConfig.defaults());
    }

    private static void measure(String how, EmulatorConfig config) {
        double[] opened = new double[TESTS];
        double[] whole = new double[TESTS];
        try (TestEmulator emulator = TestEmulator.start(new TestEmulatorConfig(config, Optional.empty()))) {
            for (int i = 0; i < TESTS; i++) {
                long start = System.nanoTime();
                TestScope scope = emulator.open(new TestName("Benchmark.test", "test"));
                opened[i] = (System.nanoTime() - start) / 1e6;
                scope.storage().kvStore().put("k", Hash.of("a", 1));
                scope.close();
                whole[i] = (System.nanoTime() - start) / 1e6;
            }
        }
        System.out.printf(
                "%-10s app and install: median %.3f ms, 99th percentile %.3f ms; whole test with one put: median %.3f ms%n",
                how, quantile(opened, 0.5), quantile(opened, 0.99), quantile(whole, 0.5));
    }

    private static double quantile(double[] millis, double share) {
        double[] warm = Arrays.copyOfRange(millis, WARM_UP, millis.length);
        Arrays.sort(warm);
        return warm[(int) (share * (warm.length - 1))];
    }
}
