package dev.stowage.postgresql;

import dev.stowage.contract.StorageContract;
import dev.stowage.contract.backend.StorageUnderTest;
import dev.stowage.contract.http.HttpUnderTest;
import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.EmulatorConfig;
import dev.stowage.store.process.Disturbances;
import dev.stowage.store.process.PostgresProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract suite over HTTP against three servers that share one database, which is killed and paused for chapter 12. */
class ServersContractTest extends StorageContract {

    @TempDir
    private static Path folder;

    private static PostgresProcess database;
    private static List<Emulator> servers;

    @AfterAll
    static void stop() {
        servers.forEach(Emulator::close);
        database.kill();
    }

    /** Few, because the tries of chapter 12 restart the database: the other chapters have more in {@code PostgresqlContractTest}. */
    @Override
    protected int tries() {
        return Integer.getInteger("contract.tries", 4);
    }

    @Override
    protected Duration timeLimit() {
        return Duration.ofMinutes(3);
    }

    @Override
    protected StorageUnderTest storageUnderTest() {
        database = PostgresProcess.start(folder.resolve("data"));
        EmulatorConfig config = EmulatorConfig.builder().store(database.url()).build();
        servers = Stream.generate(() -> Emulator.start(config)).limit(3).toList();
        HttpUnderTest backend =
                new HttpUnderTest(servers.stream().map(Emulator::url).toList(), null, true, Duration.ofSeconds(30));
        backend.restartBy(database::killAndRestart);
        backend.disturbBy(new Disturbances(List.of(database)));
        return backend;
    }
}
