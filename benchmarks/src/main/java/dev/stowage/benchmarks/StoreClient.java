package dev.stowage.benchmarks;

import dev.stowage.emulator.record.Change;
import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.RecordContent;
import dev.stowage.emulator.record.RecordName;
import dev.stowage.emulator.record.RecordStore;
import dev.stowage.emulator.record.RecordStore.Decided;
import dev.stowage.emulator.record.RecordStoreProvider;
import dev.stowage.emulator.record.StoredRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The engine's own client, without a server between: threads that make the steps of the operations, with the transactions that a server
 * makes for them. Each thread has its own connection, so each step is a call of its own.
 */
final class StoreClient implements AutoCloseable {

    private static final Partition RECORDS = new Partition("benchmark", "records");
    private static final Partition CLOCKS = new Partition("benchmark", "clocks");
    private static final RecordName GUARD = Partition.guardOf("benchmark");

    private final String url;
    private final int records;
    private final List<RecordStore> connections = new ArrayList<>();
    private final Map<String, Function<@Nullable StoredRecord, Decided<Boolean>>> steps;

    StoreClient(String url, int records) {
        this.url = url;
        this.records = records;
        byte[] json = RecordContent.of(Records.ofOneKilobyte(0)).json();
        this.steps = Map.of(
                "get",
                stored -> new Decided<>(Change.KEEP, stored != null),
                "put",
                stored -> new Decided<>(
                        new Change.Write(RecordContent.ofJson(json), StoredRecord.NEVER), stored != null));
        RecordStore store = connection(0);
        store.update(GUARD.partition(), GUARD.key(), steps.get("put"));
        for (int i = 0; i < records; i++) {
            store.update(RECORDS, "key-" + i, steps.get("put"));
        }
    }

    private RecordStore connection(int thread) {
        while (connections.size() <= thread) {
            RecordStore opened = RecordStoreProvider.openWithProvider(url);
            opened.watch(CLOCKS, () -> {});
            connections.add(opened);
        }
        return connections.get(thread);
    }

    HttpLoad.Round load(String operation, int threads, int seconds) throws InterruptedException {
        Function<@Nullable StoredRecord, Decided<Boolean>> step = steps.get(operation);
        List<HttpLoad.LatencySource> sources = IntStream.range(0, threads)
                .mapToObj(this::connection)
                .<HttpLoad.LatencySource>map(connection -> end -> run(connection, step, end))
                .toList();
        return HttpLoad.measure(sources, seconds);
    }

    private long[] run(RecordStore store, Function<@Nullable StoredRecord, Decided<Boolean>> step, long end) {
        Latencies latencies = new Latencies();
        for (long now = System.nanoTime(); now < end; ) {
            store.update(GUARD, RECORDS, "key-" + ThreadLocalRandom.current().nextInt(records), step);
            long after = System.nanoTime();
            latencies.add(after - now);
            now = after;
        }
        return latencies.toArray();
    }

    @Override
    public void close() {
        connections.forEach(RecordStore::close);
    }
}
