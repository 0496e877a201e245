package dev.stowage.etcd;

import dev.stowage.emulator.record.RecordStore;
import dev.stowage.emulator.record.RecordStoreProvider;
import dev.stowage.store.RecordStoreContract;
import dev.stowage.store.StepsWithoutThread;
import dev.stowage.store.process.EtcdCluster;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class EtcdRecordsTest {

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

    /** Two stores on one cluster: each test has partitions of its own. */
    private abstract static class OnCluster extends RecordStoreContract {

        @Override
        protected RecordStore open() {
            return RecordStoreProvider.openWithProvider(cluster.url("records"));
        }

        @Override
        protected int rounds() {
            return 100;
        }
    }

    @Nested
    class Steps extends OnCluster {}

    @Nested
    class StepsThatNoThreadWaitsFor extends OnCluster {

        @Override
        protected RecordStore open() {
            return new StepsWithoutThread(super.open());
        }
    }
}
