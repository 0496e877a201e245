package dev.stowage.emulator.record;

import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A store of records: read a record, change it in one atomic step, change several in one atomic commit, list partitions. It does
 * not evaluate expiry. Thread-safe.
 *
 * <p>A partition begins with its first write and ends with its drop. The name of a dropped partition is not used again. A
 * <em>guard</em> is a record that stands for an owner, for example an active install: a step that names it takes effect while the
 * guard exists, or not at all (INST-5). So when a commit has removed a guard, no step of that owner takes effect any more, in any process
 * that uses the store.
 *
 * <p>Each method returns when its changes are as durable as the store makes them. What it returns is durable as well: no caller
 * is shown a record, or its absence, that a crash takes back.
 */
public interface RecordStore extends AutoCloseable {

    /** Returns the record, or null if it does not exist. */
    @Nullable
    StoredRecord read(Partition partition, String key);

    /**
     * Applies all changes of a commit, or none of them.
     *
     * @return false if a record has another version than the commit expects; nothing was done then
     */
    boolean commit(Commit commit);

    /**
     * Returns the records of partitions by key, in ascending order of the keys, as they were at one moment of the call. A commit is
     * contained in them completely or not at all.
     */
    Map<Partition, SortedMap<String, StoredRecord>> list(Set<Partition> partitions);

    /** Returns the records of one partition. */
    default SortedMap<String, StoredRecord> list(Partition partition) {
        return Objects.requireNonNull(list(Set.of(partition)).get(partition));
    }

    /**
     * Iterates over the partition's records in any order. A record that exists during the whole iteration is returned; a write
     * during the iteration may be missing. The default iterates over {@link #list}.
     */
    default Iterator<Map.Entry<String, StoredRecord>> iterator(Partition partition) {
        return list(partition).entrySet().iterator();
    }

    /**
     * Reads, decides and changes a record in one atomic step, if the guard exists then. A new version is greater than every earlier
     * version of the key, including those before a removal (LIN-2). {@code decide} may be called several times and must have no side
     * effects. An exception that it throws reaches the caller; nothing has changed then.
     *
     * @throws GuardMissingException if the guard does not exist; nothing was done then, and nothing was shown
     */
    <D> Updated<D> update(
            RecordName guard, Partition partition, String key, Function<@Nullable StoredRecord, Decided<D>> decide);

    /**
     * As {@link #update}, without a thread that waits. The default waits.
     *
     * @return the result; fails with what {@link #update} throws
     */
    default <D> CompletableFuture<Updated<D>> updateLater(
            RecordName guard, Partition partition, String key, Function<@Nullable StoredRecord, Decided<D>> decide) {
        try {
            return CompletableFuture.completedFuture(update(guard, partition, key, decide));
        } catch (RuntimeException problem) {
            return CompletableFuture.failedFuture(problem);
        }
    }

    /** A step without a guard, for records that belong to no install and no app. */
    <D> Updated<D> update(Partition partition, String key, Function<@Nullable StoredRecord, Decided<D>> decide);

    /**
     * Removes a record if it matches, in one atomic step. In contrast to an update, the method may return before the removal
     * is durable: it is for records that no caller can read any longer.
     */
    default boolean removeIf(Partition partition, String key, Predicate<StoredRecord> matches) {
        return update(partition, key, Decided.removing(matches)).decision();
    }

    /** Whether other processes may use the same records. */
    default boolean isShared() {
        return false;
    }

    /**
     * Watches a partition for changes by other processes. If it has changed, {@code changed} is called before the next step decides:
     * so a step never relies on what the partition contained before the step began. Each change must raise the greatest version in the
     * partition. Does nothing in a store that is not shared.
     */
    default void watch(Partition partition, Runnable changed) {}

    /**
     * Runs work that uses this store. A store can let the waits for durability in it be over at its end, so that they take no thread;
     * the default waits in the work.
     *
     * @return the work's result, when what it changed or saw is durable. Fails with {@link OutcomeUnknownException} if it is not known
     *     whether a change will be, or with the work's exception
     * @throws RuntimeException the work's exception, if there is nothing to wait for
     */
    default <R> CompletableFuture<R> whenDurable(Supplier<R> work) {
        return CompletableFuture.completedFuture(work.get());
    }

    @Override
    void close();

    /** A change, and a result for the caller of {@link #update}. */
    record Decided<D>(Change change, D decision) {

        /** Removes a record that matches, and returns whether it did. */
        static Function<@Nullable StoredRecord, Decided<Boolean>> removing(Predicate<StoredRecord> matches) {
            return stored -> stored != null && matches.test(stored)
                    ? new Decided<>(Change.REMOVE, true)
                    : new Decided<>(Change.KEEP, false);
        }
    }

    /** The decision that took effect, and the record's version before and after; 0 where there is no record. */
    record Updated<D>(D decision, long versionBefore, long versionAfter) {}
}
