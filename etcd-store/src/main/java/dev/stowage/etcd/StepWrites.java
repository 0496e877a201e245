package dev.stowage.etcd;

import dev.stowage.emulator.record.Change;
import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.RecordName;
import dev.stowage.emulator.record.SharedRecordStore.Step;
import dev.stowage.emulator.record.SharedRecordStore.View;
import dev.stowage.emulator.record.SharedRecordStore.Written;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the changes of steps in one transaction. It compares what all of them have seen, and does nothing if something is different by
 * now: then the steps that have seen that are refused, and the next transaction is for the others.
 */
final class StepWrites {

    /** What is left after that decides again, so that the call ends although others go on changing records. */
    private static final int ROUNDS = 2;

    private final EtcdClient client;
    private final EtcdKeys keys;
    private final @Nullable Partition watched;
    private final IdentityHashMap<Step, Written> written = new IdentityHashMap<>();

    private StepWrites(EtcdClient client, EtcdKeys keys, @Nullable Partition watched) {
        this.client = client;
        this.keys = keys;
        this.watched = watched;
    }

    /** Returns what became of the steps, in their order. */
    static List<Written> write(EtcdClient client, EtcdKeys keys, @Nullable Partition watched, List<Step> steps) {
        StepWrites writes = new StepWrites(client, keys, watched);
        List<Step> toWrite = writes.compatible(steps);
        for (int round = 0; round < ROUNDS && !toWrite.isEmpty(); round++) {
            toWrite = writes.writeOrRefuse(toWrite);
        }
        return steps.stream()
                .map(step -> writes.written.getOrDefault(step, Written.OTHER_VERSION))
                .toList();
    }

    /** Returns the steps that can all take effect: of those on one record the first, if it has seen the last change of the watched partition. */
    private List<Step> compatible(List<Step> steps) {
        long watchedVersion = watchedVersion(steps);
        Set<RecordName> records = new HashSet<>();
        return steps.stream()
                .filter(step -> step.seen().watchedVersion() == watchedVersion
                        && records.add(step.view().record()))
                .toList();
    }

    private static long watchedVersion(List<Step> steps) {
        return steps.stream()
                .mapToLong(step -> step.seen().watchedVersion())
                .max()
                .orElse(0);
    }

    /** Returns the steps that are still to be written. */
    private List<Step> writeOrRefuse(List<Step> steps) {
        List<RecordName> names = View.namesOf(steps.stream().map(Step::view).toList());
        TxnResponse response = client.write(transaction(steps, names));
        if (response.succeeded()) {
            steps.forEach(step ->
                    written.put(step, Written.as(step.change() instanceof Change.Remove ? 0 : response.revision())));
            return List.of();
        }
        Map<RecordName, Long> found = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            found.put(names.get(i), response.revision(i));
        }
        long watchedVersion = watched == null ? 0 : response.revision(names.size());
        List<Step> left = new ArrayList<>();
        for (Step step : steps) {
            RecordName guard = step.view().guard();
            if (guard != null && found.getOrDefault(guard, 0L) == 0) {
                written.put(step, Written.NO_GUARD);
            } else if (step.seen().watchedVersion() == watchedVersion
                    && found.getOrDefault(step.view().record(), 0L)
                            == step.seen().version()) {
                left.add(step);
            }
        }
        return left;
    }

    private Txn transaction(List<Step> steps, List<RecordName> names) {
        Txn txn = new Txn();
        for (Step step : steps) {
            byte[] key = keys.of(step.view().record());
            txn.requireRevision(key, step.seen().version()).change(key, step.change());
        }
        steps.stream()
                .flatMap(step -> Stream.ofNullable(step.view().guard()))
                .distinct()
                .forEach(guard -> txn.requireExists(keys.of(guard)));
        names.forEach(name -> txn.otherwiseReadRevision(keys.of(name)));
        if (watched != null) {
            byte[] start = keys.start(watched);
            byte[] end = keys.end(watched);
            txn.requireUnchangedSince(start, end, watchedVersion(steps)).otherwiseReadLastWritten(start, end);
        }
        return txn;
    }
}
