package dev.stowage.benchmarks;

import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.EmulatorConfig;
import dev.stowage.storage.Hash;
import dev.stowage.storage.http.HttpStorage;

/**
 * Starts an emulator in a JVM that has done nothing else, makes an install and one {@code put} over HTTP, and prints the time that took, in
 * milliseconds. It uses nothing that a jar of another version does not have.
 */
final class ColdStart {

    private ColdStart() {}

    public static void main(String... args) {
        long start = System.nanoTime();
        Emulator emulator = Emulator.start(EmulatorConfig.defaults());
        HttpStorage.connect(emulator.url(), emulator.install().apiKey())
                .kvStore()
                .put("key", Hash.of("value", 1));
        System.out.println((System.nanoTime() - start) / 1_000_000);
        System.exit(0);
    }
}
