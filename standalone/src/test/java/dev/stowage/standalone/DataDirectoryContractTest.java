package dev.stowage.standalone;

import static dev.stowage.standalone.CommandLineProcess.readUntilReady;
import static dev.stowage.standalone.CommandLineProcess.start;

import dev.stowage.contract.StorageContract;
import dev.stowage.contract.backend.StorageUnderTest;
import dev.stowage.contract.http.HttpUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract suite over HTTP against an emulator with a data directory, which is killed and started again for chapter 12. */
class DataDirectoryContractTest extends StorageContract {

    @TempDir
    private static Path folder;

    private static Process emulator;

    private static URI serve(int port) {
        try {
            emulator = start(
                    Map.of(),
                    "--port",
                    String.valueOf(port),
                    "--data",
                    folder.resolve("data").toString());
            List<String> lines = readUntilReady(emulator);
            return URI.create(lines.get(lines.size() - 1).substring("ready ".length()));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static void kill() {
        emulator.destroyForcibly();
        emulator.onExit().join();
    }

    @AfterAll
    static void stop() {
        kill();
    }

    /** Few, because the tries of chapter 12 restart the emulator: the other chapters have more in {@code DataStoreContractTest}. */
    @Override
    protected int tries() {
        return Integer.getInteger("contract.tries", 4);
    }

    @Override
    protected StorageUnderTest storageUnderTest() {
        URI url = serve(0);
        HttpUnderTest backend = new HttpUnderTest(url, null, true, Duration.ofSeconds(30));
        backend.restartBy(() -> {
            kill();
            serve(url.getPort());
        });
        return backend;
    }
}
