package dev.stowage.benchmarks;

import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.EmulatorConfig;
import dev.stowage.emulator.record.DataDirectory;
import dev.stowage.emulator.record.Durability;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** Runs the emulator for {@link ServerProcess}. Arguments, all optional: the size of the journal, a data folder, a durability. */
final class StowageServer {

    private StowageServer() {}

    static void main(String... args) throws InterruptedException {
        EmulatorConfig.Builder config = EmulatorConfig.builder();
        if (args.length > 0) {
            config.journalCapacity(Integer.parseInt(args[0]));
        }
        if (args.length > 1) {
            config.data(DataDirectory.at(Path.of(args[1])).with(Durability.valueOf(args[2])));
        }
        Emulator emulator = Emulator.start(config.build());
        System.out.println(
                "ready " + emulator.url().getPort() + " " + emulator.install().apiKey());
        new CountDownLatch(1).await();
    }
}
