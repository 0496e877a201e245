package dev.stowage.benchmarks;

import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.EmulatorConfig;
import dev.stowage.emulator.Install;
import dev.stowage.storage.Hash;
import dev.stowage.storage.http.HttpStorage;
import java.util.Arrays;

/** Measures how long an emulator takes to start, to carry out one operation and to stop in a warm JVM. */
final class Startup {

    private Startup() {}

    static void main(String... args) {
        measure("with HTTP", EmulatorConfig.defaults());
        measure("in process", EmulatorConfig.inProcess());
    }

    private static void measure(String how, EmulatorConfig config) {
        double[] millis = new double[25];
        for (int i = 0; i < millis.length; i++) {
            long start = System.nanoTime();
            try (Emulator emulator = Emulator.start(config)) {
                Install install = emulator.install();
                (config.servesHttp() ? HttpStorage.connect(emulator.url(), install.apiKey()) : install.storage())
                        .kvStore()
                        .put("k", Hash.of("a", 1));
                millis[i] = (System.nanoTime() - start) / 1e6;
            }
        }
        System.out.printf("%-12s first %.0f ms", how, millis[0]);
        double[] warm = Arrays.copyOfRange(millis, 5, millis.length);
        Arrays.sort(warm);
        System.out.printf(
                ", warm median %.1f ms, worst %.1f ms (start, install, one put)%n",
                warm[warm.length / 2], warm[warm.length - 1]);
    }
}
