package dev.stowage.benchmarks;

import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.EmulatorConfig;
import java.util.concurrent.CountDownLatch;

/** Runs an emulator on a shared store for {@link ServerProcess}. Argument: the URL of the store. */
final class SharedStoreServer {

    private SharedStoreServer() {}

    static void main(String... args) throws InterruptedException {
        Emulator emulator =
                Emulator.start(EmulatorConfig.builder().store(args[0]).build());
        System.out.println(
                "ready " + emulator.url().getPort() + " " + emulator.install().apiKey());
        new CountDownLatch(1).await();
    }
}
