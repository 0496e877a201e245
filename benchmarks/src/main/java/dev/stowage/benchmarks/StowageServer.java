package dev.stowage.benchmarks;

import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.EmulatorConfig;
import java.util.concurrent.CountDownLatch;

/** Runs the emulator for {@link ServerProcess}; the argument is the size of the journal. */
final class StowageServer {

    private StowageServer() {}

    static void main(String... args) throws InterruptedException {
        EmulatorConfig.Builder config = EmulatorConfig.builder();
        if (args.length > 0) {
            config.journalCapacity(Integer.parseInt(args[0]));
        }
        Emulator emulator = Emulator.start(config.build());
        System.out.println(
                "ready " + emulator.url().getPort() + " " + emulator.install().apiKey());
        new CountDownLatch(1).await();
    }
}
