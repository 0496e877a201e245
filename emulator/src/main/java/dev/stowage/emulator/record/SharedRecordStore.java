package dev.stowage.emulator.record;

import dev.stowage.storage.client.RecordLanes;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A store on an engine that several processes share. A step sees the record, its guard and the watched partition at one moment, decides,
 * and writes if none of the three has changed; else it decides again.
 */
public abstract class SharedRecordStore implements RecordStore {

    private final RecordLanes lanes = new RecordLanes();
    private final ReadBatches<View, Seen> reads;
    private volatile @Nullable PartitionWatch watch;

    /**
     * What a step sees at one moment.
     *
     * @param watchedVersion the greatest version in the watched partition; 0 if it is empty, or none is watched
     * @param guarded whether the guard exists
     */
    public record Seen(
            long watchedVersion, boolean guarded, @Nullable StoredRecord stored) {}

    /**
     * What a step looks at.
     *
     * @param guard null if it has none
     */
    public record View(@Nullable RecordName guard, RecordName record) {}

    /** @param stepsAtOnce how many steps may see at one moment */
    protected SharedRecordStore(int stepsAtOnce) {
        reads = new ReadBatches<>(views -> see(watched(), views), stepsAtOnce);
    }

    /**
     * Reads what steps see, all at one moment.
     *
     * @param watched null if no partition is watched
     * @return what each of them sees, in their order
     */
    protected abstract List<Seen> see(@Nullable Partition watched, List<View> views);

    /**
     * Makes the change of a step if the record, the guard and the watched partition are as the step has seen them.
     *
     * @param change a write, or the removal of a record that exists
     * @return the record's new version, 0 after a removal; empty if a version is another one, nothing was done then
     * @throws GuardMissingException if the guard does not exist; nothing was done then (INST-5)
     */
    protected abstract OptionalLong write(
            @Nullable RecordName guard, RecordName record, @Nullable Partition watched, Seen seen, Change change);

    /** Null if no partition is watched. */
    protected final @Nullable Partition watched() {
        PartitionWatch watching = watch;
        return watching == null ? null : watching.partition();
    }

    @Override
    public final boolean isShared() {
        return true;
    }

    @Override
    public final void watch(Partition partition, Runnable changed) {
        if (watch != null) {
            throw new IllegalStateException("One partition can be watched: " + partition);
        }
        watch = new PartitionWatch(partition, changed);
    }

    @Override
    public final <D> Updated<D> update(
            RecordName guard, Partition partition, String key, Function<@Nullable StoredRecord, Decided<D>> decide) {
        return inTurn(guard, new RecordName(partition, key), decide);
    }

    @Override
    public final <D> Updated<D> update(
            Partition partition, String key, Function<@Nullable StoredRecord, Decided<D>> decide) {
        return inTurn(null, new RecordName(partition, key), decide);
    }

    private <D> Updated<D> inTurn(
            @Nullable RecordName guard, RecordName record, Function<@Nullable StoredRecord, Decided<D>> decide) {
        return lanes.inTurn(record, () -> step(guard, record, decide));
    }

    private <D> Updated<D> step(
            @Nullable RecordName guard, RecordName record, Function<@Nullable StoredRecord, Decided<D>> decide) {
        while (true) {
            Look<D> look = look(guard, record, decide);
            if (!look.isChange()) {
                return look.unchanged();
            }
            OptionalLong after = write(guard, record, look.watched, look.seen, look.decided.change());
            if (after.isPresent()) {
                return new Updated<>(look.decided.decision(), look.versionBefore(), after.getAsLong());
            }
        }
    }

    private <D> Look<D> look(
            @Nullable RecordName guard, RecordName record, Function<@Nullable StoredRecord, Decided<D>> decide) {
        PartitionWatch watching = watch;
        Partition watched = watching == null ? null : watching.partition();
        Seen seen = reads.read(new View(guard, record));
        if (guard != null && !seen.guarded()) {
            throw new GuardMissingException(guard);
        }
        if (watching != null) {
            watching.saw(seen.watchedVersion());
        }
        return new Look<>(watched, seen, decide.apply(seen.stored()));
    }

    /** What a step has decided, and from what. */
    private record Look<D>(@Nullable Partition watched, Seen seen, Decided<D> decided) {

        boolean isChange() {
            return PartitionRecords.isChange(seen.stored(), decided.change());
        }

        long versionBefore() {
            return PartitionRecords.versionOf(seen.stored());
        }

        Updated<D> unchanged() {
            return new Updated<>(decided.decision(), versionBefore(), versionBefore());
        }
    }
}
