package dev.stowage.emulator.service;

import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.RecordStore;
import dev.stowage.emulator.record.StoredRecord;
import dev.stowage.emulator.time.EmulatorClock;
import dev.stowage.emulator.time.EmulatorClock.Mode;
import dev.stowage.storage.StorageException;
import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Removes expired records of apps whose clock runs. Under a frozen clock expired records are kept, because the clock can be set
 * back. Each write examines a few records; when writes stop, one delayed task at the next expiry removes the rest. Partitions
 * without a ttl are never examined.
 */
final class ExpiredRecords implements ResetListener {

    /** How many records a write examines. It goes on up to {@link #MAX_REMOVED} while it finds expired ones. */
    private static final int EXAMINED = 8;

    private static final int MAX_REMOVED = 64;
    private static final long NONE = Long.MAX_VALUE;
    /** When to look again at a partition whose clock is frozen, or at a store that could not be used. */
    private static final long AGAIN_SECONDS = 60;

    private static final long MIN_DELAY_SECONDS = 2;

    private final RecordStore records;
    private final Map<Partition, EmulatorClock> partitions = new ConcurrentHashMap<>();
    private final AtomicLong nextExpiry = new AtomicLong(NONE);
    private final AtomicLong scheduledFor = new AtomicLong(NONE);
    private final ReentrantLock pass = new ReentrantLock();
    /** Whether some records will be examined on another thread. */
    private final AtomicBoolean isPlanned = new AtomicBoolean();

    private Iterator<Map.Entry<Partition, EmulatorClock>> remaining = Collections.emptyIterator();
    private Map.@Nullable Entry<Partition, EmulatorClock> current;
    private Iterator<Map.Entry<String, StoredRecord>> cursor = Collections.emptyIterator();
    private volatile boolean passActive;
    private volatile boolean anyFrozen;

    ExpiredRecords(RecordStore records) {
        this.records = records;
    }

    /** Called after a write of a record with a ttl. */
    void expires(Partition partition, EmulatorClock clock, long expiresAt) {
        partitions.putIfAbsent(partition, clock);
        if (clock.mode() != Mode.SYSTEM) {
            anyFrozen = true;
            return;
        }
        if (expiresAt < nextExpiry.get()) {
            nextExpiry.accumulateAndGet(expiresAt, Math::min);
        }
        schedule(clock.instant().getEpochSecond());
    }

    /** Called at the start for a partition that may contain records with a ttl. */
    void resume(Partition partition, EmulatorClock clock) {
        records.iterator(partition).forEachRemaining(entry -> {
            long expiresAt = entry.getValue().expiresAt();
            if (expiresAt != StoredRecord.NEVER) {
                expires(partition, clock, expiresAt);
            }
        });
    }

    /** Called after each write: examines a few records, if one may have expired. */
    void freeSome(EmulatorClock clock) {
        if (partitions.isEmpty() || clock.mode() != Mode.SYSTEM) {
            return;
        }
        long now = clock.instant().getEpochSecond();
        if (anyFrozen) {
            anyFrozen = false;
            nextExpiry.accumulateAndGet(now + AGAIN_SECONDS, Math::min);
        }
        if (!passActive && now <= nextExpiry.get()) {
            return;
        }
        if (!records.isShared()) {
            examineSome(now);
        } else if (isPlanned.compareAndSet(false, true)) {
            // The thread of a write does not wait for the store.
            var unused = CompletableFuture.runAsync(() -> {
                isPlanned.set(false);
                examineSome(now);
            });
        }
    }

    private void examineSome(long now) {
        // Another thread is examining records already.
        if (pass.tryLock()) {
            try {
                examine(now, EXAMINED, MAX_REMOVED);
            } finally {
                pass.unlock();
            }
        }
    }

    private void freeAll(long now) {
        pass.lock();
        try {
            do {
                examine(now, Integer.MAX_VALUE, Integer.MAX_VALUE);
            } while (passActive);
        } finally {
            pass.unlock();
        }
    }

    /** Records that can't be read or removed now stay, and nobody can read them: a later pass examines them again. */
    private void examine(long now, int atLeast, int atMost) {
        try {
            examineNext(now, atLeast, atMost);
        } catch (StorageException notNow) {
            current = null;
            cursor = Collections.emptyIterator();
            remaining = Collections.emptyIterator();
            passActive = false;
            nextExpiry.accumulateAndGet(now + AGAIN_SECONDS, Math::min);
        }
    }

    private void examineNext(long now, int atLeast, int atMost) {
        int removed = 0;
        for (int examined = 0; examined < atLeast || (removed == examined && removed < atMost); examined++) {
            if (!cursor.hasNext() && !nextPartition(now)) {
                return;
            }
            if (cursor.hasNext()
                    && current != null
                    && removeIfExpired(current.getKey(), current.getValue(), cursor.next())) {
                removed++;
            }
        }
    }

    /** Moves to the next partition; false at the end of a pass. */
    private boolean nextPartition(long now) {
        if (!passActive) {
            passActive = true;
            nextExpiry.set(NONE);
            remaining = partitions.entrySet().iterator();
        }
        while (remaining.hasNext()) {
            current = remaining.next();
            EmulatorClock clock = current.getValue();
            if (clock.mode() == Mode.SYSTEM) {
                cursor = records.iterator(current.getKey());
                if (!cursor.hasNext()) {
                    forgetIfEmpty(current.getKey(), clock);
                }
                return true;
            }
            nextExpiry.accumulateAndGet(now + AGAIN_SECONDS, Math::min);
        }
        current = null;
        cursor = Collections.emptyIterator();
        passActive = false;
        return false;
    }

    /** A partition without records need not be examined; it may have been dropped. */
    private void forgetIfEmpty(Partition partition, EmulatorClock clock) {
        partitions.remove(partition);
        // Somebody who has written before the removal may have relied on the entry.
        if (records.iterator(partition).hasNext()) {
            partitions.put(partition, clock);
        }
    }

    private boolean removeIfExpired(Partition partition, EmulatorClock clock, Map.Entry<String, StoredRecord> entry) {
        StoredRecord seen = entry.getValue();
        if (seen.expiresAt() == StoredRecord.NEVER) {
            return false;
        }
        if (!isExpired(seen, clock)) {
            nextExpiry.accumulateAndGet(seen.expiresAt(), Math::min);
            return false;
        }
        return records.removeIf(partition, entry.getKey(), stored -> isExpired(stored, clock));
    }

    private static boolean isExpired(StoredRecord record, EmulatorClock clock) {
        return clock.mode() == Mode.SYSTEM && record.isExpiredAt(clock.instant());
    }

    /** Schedules a task for the next expiry, unless there is one that comes soon enough. */
    private void schedule(long now) {
        long due = nextExpiry.get();
        long scheduled = scheduledFor.get();
        // A task at up to twice the delay is soon enough; so a falling series of expiries schedules few tasks.
        if (due == NONE || (scheduled != NONE && scheduled - now <= 2 * Math.max(due - now, MIN_DELAY_SECONDS))) {
            return;
        }
        long delay = Math.max(due + 1 - now, MIN_DELAY_SECONDS);
        if (scheduledFor.compareAndSet(scheduled, now + delay)) {
            WeakReference<ExpiredRecords> self = new WeakReference<>(this);
            CompletableFuture.delayedExecutor(delay, TimeUnit.SECONDS).execute(() -> {
                ExpiredRecords expiredRecords = self.get();
                if (expiredRecords != null) {
                    expiredRecords.runScheduled(now);
                }
            });
        }
    }

    private void runScheduled(long scheduledAt) {
        scheduledFor.set(NONE);
        partitions.values().stream()
                .filter(clock -> clock.mode() == Mode.SYSTEM)
                .findAny()
                .ifPresent(clock -> {
                    long now = clock.instant().getEpochSecond();
                    freeAll(now);
                    // If the system clock is a test's and does not move, the next write schedules the next task.
                    if (now > scheduledAt) {
                        schedule(now);
                    }
                });
    }

    @Override
    public void dataDropped(String owner) {
        if (!partitions.isEmpty()) {
            partitions.keySet().removeIf(partition -> partition.owner().equals(owner));
        }
    }
}
