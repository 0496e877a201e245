package dev.stowage.etcd;

import dev.stowage.contract.StorageContract;
import dev.stowage.contract.backend.StorageUnderTest;
import dev.stowage.contract.http.HttpUnderTest;
import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.EmulatorConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract suite over HTTP against three servers on three members of etcd. For chapter 12 all or one of them are killed and started again. */
class ClusterContractTest extends StorageContract {

    @TempDir
    private static Path folder;

    private static EtcdCluster cluster;
    private static List<Emulator> servers;

    @AfterAll
    static void stop() {
        if (servers != null) {
            servers.forEach(Emulator::close);
            cluster.close();
        }
    }

    /** Few, because the tries of chapter 12 restart the cluster: the other chapters have more in {@code EtcdContractTest}. */
    @Override
    protected int tries() {
        return Integer.getInteger("contract.tries", 2);
    }

    @Override
    protected Duration timeLimit() {
        return Duration.ofMinutes(3);
    }

    @Override
    protected StorageUnderTest storageUnderTest() {
        cluster = EtcdCluster.start(folder, 3);
        EmulatorConfig config =
                EmulatorConfig.builder().store(cluster.url("servers")).build();
        servers = Stream.generate(() -> Emulator.start(config)).limit(3).toList();
        HttpUnderTest backend =
                new HttpUnderTest(servers.stream().map(Emulator::url).toList(), null, true, Duration.ofSeconds(30));
        backend.restartBy(cluster::killAndRestart);
        return backend;
    }
}
