package dev.stowage.etcd;

import dev.stowage.store.SharedStoreContract;
import dev.stowage.store.process.EtcdCluster;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class EtcdSharedTest extends SharedStoreContract {

    @TempDir
    private static Path folder;

    private static EtcdCluster cluster;

    @BeforeAll
    static void start() {
        cluster = EtcdCluster.start(folder, 1);
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Override
    protected String url() {
        return cluster.url("shared");
    }
}
