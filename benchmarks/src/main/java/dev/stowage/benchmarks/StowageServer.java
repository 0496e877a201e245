package dev.stowage.benchmarks;

import dev.stowage.emulator.Emulator;
import java.util.concurrent.CountDownLatch;

/** The emulator, in a process of its own. */
final class StowageServer {

    private StowageServer() {}

    static void main(String... args) throws InterruptedException {
        Emulator emulator = Emulator.start();
        System.out.println(
                "ready " + emulator.url().getPort() + " " + emulator.install().apiKey());
        new CountDownLatch(1).await();
    }
}
