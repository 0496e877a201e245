package dev.stowage.reliability.cluster;

import dev.stowage.contract.chapter.Chapters;
import dev.stowage.contract.http.HttpUnderTest;
import dev.stowage.contract.property.PropertyMethod;
import dev.stowage.contract.run.ProgressListener;
import dev.stowage.contract.run.Suite;
import dev.stowage.contract.run.SuiteOptions;
import dev.stowage.contract.run.SuiteResult;
import dev.stowage.store.process.Disturbances;
import dev.stowage.store.process.EmulatorProcess;
import dev.stowage.store.process.EtcdCluster;
import dev.stowage.store.process.Part;
import dev.stowage.store.process.PostgresProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Several emulators on one engine. Clients write, update, delete and read, while a part is killed or paused again and again: an
 * emulator, a member of the engine, or its leader. The contract suite makes the calls and judges them.
 *
 * @param engine what keeps the data
 * @param folder of the engine's data
 * @param servers how many emulators
 * @param limit how long it goes on
 */
public record ClusterRun(Engine engine, Path folder, int servers, long seed, Duration limit) {

    /** The engines that the build can start. */
    public enum Engine {
        /** Three members. */
        ETCD,
        /** One server. */
        POSTGRESQL
    }

    /** Longer than any call may wait, so that one that waits longer is measured. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final int MEMBERS = 3;
    private static final String PROPERTY = "disturbedUnderLoad";

    public ClusterReport run() {
        return switch (engine) {
            case ETCD -> {
                try (EtcdCluster cluster = EtcdCluster.start(folder, MEMBERS)) {
                    yield run(cluster.url("cluster-run"), cluster.parts());
                }
            }
            case POSTGRESQL -> {
                PostgresProcess database = PostgresProcess.start(folder.resolve("data"));
                try {
                    yield run(database.url(), List.of(database));
                } finally {
                    database.kill();
                }
            }
        };
    }

    private ClusterReport run(String store, List<Part> engineParts) {
        List<EmulatorProcess> emulators = IntStream.range(0, servers)
                .mapToObj(i -> EmulatorProcess.start("emulator " + i, store))
                .toList();
        try {
            List<Part> parts = new ArrayList<>(engineParts);
            parts.addAll(emulators);
            Disturbances disturbances = new Disturbances(parts);
            HttpUnderTest backend = new HttpUnderTest(
                    emulators.stream().map(EmulatorProcess::url).toList(), null, true, TIMEOUT);
            backend.disturbBy(disturbances);
            List<PropertyMethod> properties = Chapters.properties().stream()
                    .filter(property -> property.name().contains(PROPERTY))
                    .toList();
            // As many tries as there is time for.
            int tries = Math.toIntExact(Math.max(1, limit.toSeconds()) * 10);
            SuiteResult result =
                    Suite.run(backend, properties, SuiteOptions.of(seed, tries).within(limit), ProgressListener.SILENT);
            return new ClusterReport(result, disturbances.counts());
        } finally {
            emulators.forEach(EmulatorProcess::close);
        }
    }
}
