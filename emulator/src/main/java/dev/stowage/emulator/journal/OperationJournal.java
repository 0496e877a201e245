package dev.stowage.emulator.journal;

import dev.stowage.emulator.call.CallMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A ring buffer of the last operations. An operation reserves a slot while it takes effect and fills the slot when it is
 * finished. A reader that reads page by page stops before the first matching slot that is not filled, so it misses no entry.
 */
public final class OperationJournal {

    /** An app that has entries: its last slot (at most {@link #markStep} too low), and the last slot that a reset deleted. */
    private static final class AppMark {
        private volatile long lastSlot;
        private volatile long deletedUpTo;
    }

    private static final int MIN_PRUNED = 1_000;

    private final int capacity;
    private final RingBuffer buffer;
    private final AtomicLong last = new AtomicLong();
    private final Object arrival = new Object();
    private final Map<String, AppMark> marks = new ConcurrentHashMap<>();
    private final long markStep;
    private final AtomicInteger pruneAt = new AtomicInteger(MIN_PRUNED);
    private volatile long forgotten;
    private volatile int waiting;
    private volatile boolean closed;

    /** @param capacity how many operations the journal holds; 0 turns it off */
    public OperationJournal(int capacity) {
        this.capacity = capacity;
        this.buffer = new RingBuffer(capacity);
        this.markStep = capacity / 8;
    }

    /** Returns the journal of one app, or of all apps if {@code appId} is empty. */
    public Journal scopedTo(Optional<String> appId) {
        return new Journal(this, appId);
    }

    /**
     * Reserves the next slot for an operation that is not finished. The caller must fill it later.
     *
     * @param slot creates the content of the slot until it is filled
     */
    public void reserve(LongFunction<? extends JournalSlot> slot) {
        // No lock: with more threads than cores, a thread that is suspended while it holds the lock would block all
        // others.
        long sequence = last.incrementAndGet();
        JournalSlot taken = slot.apply(sequence);
        if (capacity > 0) {
            buffer.set(taken);
            mark(taken);
        }
    }

    /** Fills a slot that was reserved. */
    public void fill(JournalEntry entry) {
        if (capacity > 0) {
            buffer.set(entry);
        }
        if (waiting > 0) {
            synchronized (arrival) {
                arrival.notifyAll();
            }
        }
    }

    private void mark(JournalSlot slot) {
        AppMark mark = marks.get(slot.call().appId());
        if (mark == null) {
            prune();
            mark = marks.computeIfAbsent(slot.call().appId(), app -> new AppMark());
            mark.lastSlot = slot.sequence();
        } else if (slot.sequence() > mark.lastSlot + markStep) {
            // Not for each operation: threads would compete for the mark.
            mark.lastSlot = slot.sequence();
        }
    }

    /** Removes the marks of apps that have no entries any more. Runs when the number of marks has doubled. */
    private void prune() {
        int limit = pruneAt.get();
        if (marks.size() >= limit && pruneAt.compareAndSet(limit, Integer.MAX_VALUE)) {
            long oldest = last.get() - capacity;
            marks.values().removeIf(mark -> mark.lastSlot + markStep <= oldest);
            pruneAt.set(Math.max(MIN_PRUNED, 2 * marks.size()));
        }
    }

    /** Returns the matching entries after {@code sequence}, up to the first matching operation that is not finished. */
    public JournalPage after(long sequence, CallMatch match, int limit) {
        return read(sequence, match, limit, true);
    }

    /** Returns all matching operations that are finished. */
    List<JournalEntry> done(CallMatch match) {
        return read(0, match, Integer.MAX_VALUE, false).entries();
    }

    private JournalPage read(long sequence, CallMatch match, int limit, boolean stopsAtPending) {
        long end = last.get();
        long from = Math.max(Math.max(sequence, forgotten), end - capacity) + 1;
        long dropped = Math.max(0, from - 1 - Math.max(sequence, forgotten));
        List<JournalEntry> entries = new ArrayList<>();
        long next = from - 1;
        for (long at = from; at <= end && entries.size() < limit; at++) {
            JournalSlot slot = slotAt(at);
            boolean wasOvertaken = slot == null && at <= last.get() - capacity;
            boolean matches = slot != null && match.matches(slot.call());
            boolean isPending = !wasOvertaken && (slot == null || (matches && !(slot instanceof JournalEntry)));
            if (isPending && stopsAtPending) {
                break;
            }
            next = at;
            if (wasOvertaken) {
                dropped++;
            } else if (matches && slot instanceof JournalEntry entry && !isForgotten(entry)) {
                entries.add(entry);
            }
        }
        return new JournalPage(entries, dropped, next);
    }

    /** Returns the slot; waits a few instructions if its sequence was taken and the slot is not set yet. */
    private @Nullable JournalSlot slotAt(long sequence) {
        JournalSlot slot = buffer.get(sequence);
        for (int spins = 0; slot == null && spins < 1_000 && sequence > last.get() - capacity; spins++) {
            Thread.onSpinWait();
            slot = buffer.get(sequence);
        }
        return slot;
    }

    private boolean isForgotten(JournalEntry entry) {
        AppMark mark = marks.get(entry.call().appId());
        return mark != null && entry.sequence() <= mark.deletedUpTo;
    }

    /** Waits until there is an entry after {@code sequence}, the time has elapsed, or the journal is closed. */
    public void awaitAfter(long sequence, long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        synchronized (arrival) {
            waiting++;
            try {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                while (!closed
                        && left > 0
                        && after(sequence, CallMatch.any(), 1).next() <= sequence) {
                    arrival.wait(left);
                    left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                }
            } finally {
                waiting--;
            }
        }
    }

    /** Returns the sequence of the last operation; 0 if there was none. */
    public long last() {
        return last.get();
    }

    /** Deletes all entries. The numbering continues. */
    public void reset() {
        forgotten = last.get();
        marks.clear();
    }

    /** Deletes the entries of one app. */
    public void reset(String appId) {
        // An app without a mark has no entries.
        AppMark mark = marks.get(appId);
        if (mark != null) {
            mark.deletedUpTo = last.get();
        }
    }

    public boolean isClosed() {
        return closed;
    }

    /** Closes the journal and wakes all readers that wait. */
    public void close() {
        closed = true;
        synchronized (arrival) {
            arrival.notifyAll();
        }
    }
}
