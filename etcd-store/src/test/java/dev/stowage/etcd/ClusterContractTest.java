package dev.stowage.etcd;

import dev.stowage.contract.StorageContract;
import dev.stowage.contract.backend.StorageUnderTest;
import dev.stowage.contract.http.HttpUnderTest;
import dev.stowage.store.process.Disturbances;
import dev.stowage.store.process.EmulatorProcess;
import dev.stowage.store.process.EtcdCluster;
import dev.stowage.store.process.Part;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract suite over HTTP against three servers on three members of etcd. For chapter 12 all members or one of them are killed and
 * started again, and members and servers are killed and paused while clients call them.
 */
class ClusterContractTest extends StorageContract {

    @TempDir
    private static Path folder;

    private static EtcdCluster cluster;
    private static List<EmulatorProcess> servers;

    @AfterAll
    static void stop() {
        if (servers != null) {
            servers.forEach(EmulatorProcess::close);
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
        servers = IntStream.range(0, 3)
                .mapToObj(i -> EmulatorProcess.start("server " + i, cluster.url("servers")))
                .toList();
        HttpUnderTest backend = new HttpUnderTest(
                servers.stream().map(EmulatorProcess::url).toList(), null, true, Duration.ofSeconds(30));
        backend.restartBy(cluster::killAndRestart);
        List<Part> parts = new ArrayList<>(cluster.parts());
        parts.addAll(servers);
        backend.disturbBy(new Disturbances(parts));
        return backend;
    }
}
