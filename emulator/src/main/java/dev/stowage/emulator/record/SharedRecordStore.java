package dev.stowage.emulator.record;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A store on an engine that several processes share. A step sees the record, its guard and the watched partition at one moment, decides,
 * and writes if none of the three has changed; else it decides again. Steps that look, or write, at the same time share a call to the
 * engine.
 */
public abstract class SharedRecordStore implements RecordStore {

    private final Turns turns = new Turns();
    private final ExecutorService threads;
    private final SharedCalls<View, Seen> looks;
    private final SharedCalls<Step, Written> writes;
    private volatile @Nullable PartitionWatch watch;

    /**
     * What a step sees at one moment.
     *
     * @param watchedVersion the greatest version in the watched partition; 0 if it is empty, or none is watched
     * @param guarded whether the guard exists
     */
    public record Seen(
            long watchedVersion, boolean guarded, @Nullable StoredRecord stored) {

        /** The version of the record; 0 if it does not exist. */
        public long version() {
            return PartitionRecords.versionOf(stored);
        }
    }

    /**
     * What a step looks at.
     *
     * @param guard null if it has none
     */
    public record View(@Nullable RecordName guard, RecordName record) {

        /** Returns the names of all records that steps look at. */
        public static List<RecordName> namesOf(List<View> views) {
            return views.stream()
                    .flatMap(view -> Stream.of(view.guard(), view.record()))
                    .filter(Objects::nonNull)
                    .distinct()
                    .toList();
        }

        /** Returns what the step sees if these are all records that exist. */
        public Seen in(Map<RecordName, StoredRecord> found, long watchedVersion) {
            return new Seen(watchedVersion, guard != null && found.containsKey(guard), found.get(record));
        }
    }

    /**
     * What a step has decided, and from what.
     *
     * @param change a write, or the removal of a record that exists
     */
    public record Step(View view, Seen seen, Change change) {

        private long bytes() {
            return change instanceof Change.Write write ? write.content().sizeAtMost() : 0;
        }
    }

    /**
     * What became of a step.
     *
     * @param guarded whether the guard existed; if not, nothing was done (INST-5)
     * @param version the record's new version, 0 after a removal; empty if a version was another one, nothing was done then
     */
    public record Written(boolean guarded, OptionalLong version) {

        public static final Written OTHER_VERSION = new Written(true, OptionalLong.empty());
        public static final Written NO_GUARD = new Written(false, OptionalLong.empty());

        public static Written as(long version) {
            return new Written(true, OptionalLong.of(version));
        }
    }

    /**
     * How steps share calls.
     *
     * @param looks how many steps may see at one moment
     * @param writes how many steps may be written in one transaction
     * @param writeBytes how large the records of such a transaction may be; the record of one step may be larger
     */
    public record Sharing(int looks, int writes, long writeBytes) {}

    /** @param sharing how steps share calls */
    protected SharedRecordStore(Sharing sharing) {
        threads = threads();
        looks = new SharedCalls<>(this::look, SharedCalls.Limits.of(sharing.looks()), threads);
        writes = new SharedCalls<>(
                steps -> write(watched(), steps),
                new SharedCalls.Limits<>(sharing.writes(), sharing.writeBytes(), Step::bytes),
                threads);
    }

    private static ExecutorService threads() {
        return new ThreadPoolExecutor(0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, "stowage-shared-store");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** What steps see. If the watched partition has changed, this is told before one of them decides. */
    private List<Seen> look(List<View> views) {
        PartitionWatch watching = watch;
        List<Seen> seen = see(watched(), views);
        if (watching != null) {
            watching.saw(seen.get(0).watchedVersion());
        }
        return seen;
    }

    /**
     * Reads what steps see, all at one moment.
     *
     * @param watched null if no partition is watched
     * @return what each of them sees, in their order
     */
    protected abstract List<Seen> see(@Nullable Partition watched, List<View> views);

    /**
     * Makes the changes of steps, in their order, in one transaction. Each is made if the record, the guard and the watched partition are
     * as the step has seen them.
     *
     * @return what became of each of them, in their order
     * @throws OutcomeUnknownException if all may have been made, or none
     */
    protected abstract List<Written> write(@Nullable Partition watched, List<Step> steps);

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
        return inTurnAndWait(new View(guard, new RecordName(partition, key)), decide);
    }

    @Override
    public final <D> Updated<D> update(
            Partition partition, String key, Function<@Nullable StoredRecord, Decided<D>> decide) {
        return inTurnAndWait(new View(null, new RecordName(partition, key)), decide);
    }

    @Override
    public final <D> CompletableFuture<Updated<D>> updateLater(
            RecordName guard, Partition partition, String key, Function<@Nullable StoredRecord, Decided<D>> decide) {
        View view = new View(guard, new RecordName(partition, key));
        return turns.inTurn(view.record(), () -> step(view, decide));
    }

    private <D> CompletableFuture<Updated<D>> step(View view, Function<@Nullable StoredRecord, Decided<D>> decide) {
        return looks.ask(view).thenCompose(seen -> {
            Decided<D> decided = decided(view, seen, decide);
            return isChange(seen, decided)
                    ? writes.ask(new Step(view, seen, decided.change()))
                            .thenCompose(written -> hasTakenEffect(view, written)
                                    ? CompletableFuture.completedFuture(updated(seen, decided, written))
                                    : step(view, decide))
                    : CompletableFuture.completedFuture(unchanged(seen, decided));
        });
    }

    private <D> Updated<D> inTurnAndWait(View view, Function<@Nullable StoredRecord, Decided<D>> decide) {
        return turns.inTurnAndWait(view.record(), () -> stepAndWait(view, decide));
    }

    private <D> Updated<D> stepAndWait(View view, Function<@Nullable StoredRecord, Decided<D>> decide) {
        while (true) {
            Seen seen = looks.askAndWait(view);
            Decided<D> decided = decided(view, seen, decide);
            if (!isChange(seen, decided)) {
                return unchanged(seen, decided);
            }
            Written written = writes.askAndWait(new Step(view, seen, decided.change()));
            if (hasTakenEffect(view, written)) {
                return updated(seen, decided, written);
            }
        }
    }

    private <D> Decided<D> decided(View view, Seen seen, Function<@Nullable StoredRecord, Decided<D>> decide) {
        if (view.guard() != null && !seen.guarded()) {
            throw new GuardMissingException(view.guard());
        }
        return decide.apply(seen.stored());
    }

    private static boolean isChange(Seen seen, Decided<?> decided) {
        return PartitionRecords.isChange(seen.stored(), decided.change());
    }

    private static boolean hasTakenEffect(View view, Written written) {
        if (view.guard() != null && !written.guarded()) {
            throw new GuardMissingException(view.guard());
        }
        return written.version().isPresent();
    }

    private static <D> Updated<D> updated(Seen seen, Decided<D> decided, Written written) {
        return new Updated<>(
                decided.decision(), seen.version(), written.version().orElseThrow());
    }

    private static <D> Updated<D> unchanged(Seen seen, Decided<D> decided) {
        return new Updated<>(decided.decision(), seen.version(), seen.version());
    }

    /** Ends the calls to the engine. To be called first by the stores that close more. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
