package dev.stowage.etcd;

import dev.stowage.contract.StorageContract;
import dev.stowage.contract.backend.StorageUnderTest;
import dev.stowage.store.EmulatorsUnderTest;
import dev.stowage.store.process.EtcdCluster;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract suite against two emulators, in this process, that share one member of etcd. */
class EtcdContractTest extends StorageContract {

    @TempDir
    private static Path folder;

    private static EtcdCluster cluster;

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

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
        cluster = EtcdCluster.start(folder, 1);
        return new EmulatorsUnderTest("etcd", cluster.url("contract"));
    }
}
