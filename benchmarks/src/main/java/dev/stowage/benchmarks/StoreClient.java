package dev.stowage.benchmarks;

import dev.stowage.emulator.record.Change;
import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.RecordContent;
import dev.stowage.emulator.record.RecordName;
import dev.stowage.emulator.record.RecordStore;
import dev.stowage.emulator.record.RecordStore.Decided;
import dev.stowage.emulator.record.RecordStoreProvider;
import dev.stowage.emulator.record.StoredRecord;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The engine's own client, without a server between: threads that make the steps of the operations, with the same transactions that a
 * server makes for them.
 */
final class StoreClient implements AutoCloseable {

    private static final Partition RECORDS = new Partition("benchmark", "records");
    private static final Partition CLOCKS = new Partition("benchmark", "clocks");
    private static final RecordName GUARD = Partition.guardOf("benchmark");

    private final RecordStore store;
    private final int records;
    private final Map<String, Function<@Nullable StoredRecord, Decided<Boolean>>> steps;

    StoreClient(String url, int records) {
        this.store = RecordStoreProvider.openWithProvider(url);
        this.records = records;
        byte[] json = RecordContent.of(Records.ofOneKilobyte(0)).json();
        this.steps = Map.of(
                "get",
                stored -> new Decided<>(Change.KEEP, stored != null),
                "put",
                stored -> new Decided<>(
                        new Change.Write(RecordContent.ofJson(json), StoredRecord.NEVER), stored != null));
        store.watch(CLOCKS, () -> {});
        store.update(GUARD.partition(), GUARD.key(), steps.get("put"));
        for (int i = 0; i < records; i++) {
            store.update(RECORDS, "key-" + i, steps.get("put"));
        }
    }

    HttpLoad.Round load(String operation, int threads, int seconds) throws InterruptedException {
        Function<@Nullable StoredRecord, Decided<Boolean>> step = steps.get(operation);
        List<HttpLoad.LatencySource> sources = IntStream.range(0, threads)
                .<HttpLoad.LatencySource>mapToObj(thread -> end -> run(step, end))
                .toList();
        return HttpLoad.measure(sources, seconds);
    }

    private long[] run(Function<@Nullable StoredRecord, Decided<Boolean>> step, long end) {
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
        store.close();
    }
}
