package dev.stowage.emulator.record;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the changes of a record store durable, in the order in which they took effect in memory. One thread writes all changes that
 * wait in one transaction of the {@link DurableStorage} (DUR-1). What callers are shown is durable (DUR-2).
 *
 * <p>When a transaction fails, the callers that wait get an unknown outcome ({@link OutcomeUnknownException}). From then on memory
 * and storage differ, so everything is refused with {@code unavailable} until the emulator is started again. A write is never
 * retried: after a failed write, a disk can report success for data that it has lost.
 */
final class GroupCommit {

    /** How much may wait to be written. One commit that is larger is accepted when nothing waits. */
    private static final long MAX_WAITING_BYTES = 64L * 1024 * 1024;

    private static final int ENTRY_OVERHEAD_BYTES = 100;

    /** The deferral of the thread's work; null if its waits are not put off. */
    private static final ThreadLocal<@Nullable Deferral> DEFERRAL = new ThreadLocal<>();

    private final DurableStorage storage;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ConcurrentHashMap<RecordName, Ticket> pending = new ConcurrentHashMap<>();

    private List<Ticket> waiting = new ArrayList<>();
    private long lastNumber;
    private long waitingBytes;
    private boolean closed;
    private volatile Ticket last = Ticket.DURABLE;
    private volatile @Nullable Throwable failure;
    private @Nullable Thread writer;

    GroupCommit(DurableStorage storage) {
        this.storage = storage;
    }

    /** Entries that become durable together. */
    static final class Ticket {

        static final Ticket DURABLE = new Ticket(List.of(), 0);

        static {
            DURABLE.done.complete(null);
        }

        private final List<LogEntry> entries;
        private final long number;
        /** Completes when the entries are durable, or with the failure. */
        private final CompletableFuture<Void> done = new CompletableFuture<>();

        Ticket(List<LogEntry> entries, long number) {
            this.entries = entries;
            this.number = number;
        }
    }

    /** The waits of one thread that are put off until its work is done. Tickets become durable in order, so the last one is enough. */
    private static final class Deferral {

        private final GroupCommit commits;
        private Ticket last = Ticket.DURABLE;
        private boolean changed;

        Deferral(GroupCommit commits) {
            this.commits = commits;
        }

        void add(Ticket ticket, boolean isChange) {
            changed |= isChange;
            if (ticket.number > last.number) {
                last = ticket;
            }
        }
    }

    void start() {
        Thread thread = new Thread(this::run, "stowage-data");
        thread.setDaemon(true);
        thread.start();
        writer = thread;
    }

    /**
     * Appends entries to the order of changes. To be called while the records are locked, before they change in memory.
     *
     * @throws StorageException {@code throttled} if too much waits to be written, {@code unavailable} after a failure; nothing was
     *     appended then
     */
    Ticket append(List<LogEntry> entries) {
        long bytes = entries.stream().mapToLong(GroupCommit::bytesOf).sum();
        lock.lock();
        try {
            checkUsable();
            if (closed) {
                throw new StorageException(ErrorCode.UNAVAILABLE, "The emulator was closed.");
            }
            if (!waiting.isEmpty() && waitingBytes + bytes > MAX_WAITING_BYTES) {
                throw new StorageException(
                        ErrorCode.THROTTLED,
                        "More data waits to be written to the data directory than the limit of " + MAX_WAITING_BYTES
                                + " bytes. Nothing was changed. Try again.");
            }
            Ticket ticket = new Ticket(entries, ++lastNumber);
            waiting.add(ticket);
            waitingBytes += bytes;
            last = ticket;
            for (LogEntry entry : entries) {
                if (entry instanceof LogEntry.Changed record) {
                    pending.put(record.name(), ticket);
                }
            }
            changed.signal();
            return ticket;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Runs work. The waits in it are put off to its end, and take no thread then.
     *
     * @return the work's result, when what it changed or saw is durable. Fails with {@link OutcomeUnknownException} if a change could
     *     not be written, or with the exception of the work, as that also shows what it saw
     * @throws RuntimeException the exception of the work, if there is nothing to wait for
     */
    <R> CompletableFuture<R> defer(Supplier<R> work) {
        Deferral waits = new Deferral(this);
        R result = null;
        RuntimeException refusal = null;
        DEFERRAL.set(waits);
        try {
            result = work.get();
        } catch (RuntimeException problem) {
            refusal = problem;
        } finally {
            DEFERRAL.remove();
        }
        boolean isDurable = waits.last.done.isDone() && !waits.last.done.isCompletedExceptionally();
        if (isDurable && refusal != null) {
            throw refusal;
        }
        CompletableFuture<R> ofWork =
                refusal == null ? CompletableFuture.completedFuture(result) : CompletableFuture.failedFuture(refusal);
        return isDurable
                ? ofWork
                : waits.last
                        .done
                        .exceptionallyCompose(problem -> CompletableFuture.failedFuture(
                                waits.changed ? new OutcomeUnknownException(problem) : unusable(problem)))
                        .thenCompose(durable -> ofWork);
    }

    /**
     * Waits until a change is durable.
     *
     * @throws OutcomeUnknownException if it could not be written
     */
    void awaitDurable(Ticket ticket) {
        if (isPutOff(ticket, true)) {
            return;
        }
        try {
            ticket.done.join();
        } catch (CompletionException failed) {
            throw new OutcomeUnknownException(FutureResult.causeOf(failed));
        }
    }

    /** Waits until what a caller sees is durable. */
    private void awaitSeen(Ticket ticket) {
        if (isPutOff(ticket, false)) {
            return;
        }
        try {
            ticket.done.join();
        } catch (CompletionException failed) {
            throw unusable(FutureResult.causeOf(failed));
        }
    }

    private boolean isPutOff(Ticket ticket, boolean isChange) {
        Deferral waits = DEFERRAL.get();
        if (waits == null || waits.commits != this) {
            return false;
        }
        waits.add(ticket, isChange);
        return true;
    }

    private static long bytesOf(LogEntry entry) {
        return entry instanceof LogEntry.Changed record && record.record() != null
                ? ENTRY_OVERHEAD_BYTES + record.record().content().sizeAtMost()
                : ENTRY_OVERHEAD_BYTES;
    }

    /** Waits until the last change of a record is durable, so that the record, or its absence, can be shown. */
    void awaitRecord(Partition partition, String key) {
        checkUsable();
        if (pending.isEmpty()) {
            return;
        }
        Ticket ticket = pending.get(new RecordName(partition, key));
        if (ticket != null) {
            awaitSeen(ticket);
        }
    }

    /** Waits until all changes so far are durable. */
    void awaitAll() {
        checkUsable();
        awaitSeen(last);
    }

    private void checkUsable() {
        Throwable problem = failure;
        if (problem != null) {
            throw unusable(problem);
        }
    }

    private static StorageException unusable(Throwable problem) {
        return new StorageException(
                ErrorCode.UNAVAILABLE,
                "The data directory can't be written: " + problem.getMessage()
                        + " Nothing that was acknowledged is lost. Correct the cause and start the emulator again.",
                problem);
    }

    private void run() {
        for (List<Ticket> batch = next(); !batch.isEmpty(); batch = next()) {
            write(batch);
        }
    }

    /** Waits for the next tickets; returns an empty list at the end. */
    private List<Ticket> next() {
        boolean untidy = true;
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed && failure == null) {
                if (untidy) {
                    untidy = tidyUp();
                } else {
                    changed.awaitUninterruptibly();
                }
            }
            List<Ticket> batch = waiting;
            waiting = new ArrayList<>();
            waitingBytes = 0;
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private boolean tidyUp() {
        lock.unlock();
        try {
            return storage.tidyUp();
        } catch (RuntimeException problem) {
            failure = problem;
            return false;
        } finally {
            lock.lock();
        }
    }

    private void write(List<Ticket> batch) {
        Throwable problem = failure;
        if (problem == null) {
            try {
                storage.write(batch.stream()
                        .flatMap(ticket -> ticket.entries.stream())
                        .toList());
            } catch (RuntimeException | Error failed) {
                problem = failed;
                failure = failed;
            }
        }
        for (Ticket ticket : batch) {
            for (LogEntry entry : ticket.entries) {
                if (entry instanceof LogEntry.Changed record) {
                    pending.remove(record.name(), ticket);
                }
            }
            if (problem == null) {
                ticket.done.complete(null);
            } else {
                ticket.done.completeExceptionally(problem);
            }
        }
    }

    /** Writes what waits, and closes the storage. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
        join();
        storage.close();
    }

    private void join() {
        Thread thread = writer;
        boolean interrupted = false;
        while (thread != null && thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
