package dev.stowage.emulator.journal;

import dev.stowage.emulator.call.CallMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A ring of the last operations. An operation draws its place while it takes effect and fills it when it is done; who reads
 * page by page stops before the first place that matches and is not filled yet, so that nothing can appear behind its back.
 */
public final class OperationJournal {

    private final int capacity;
    private final RingBuffer buffer;
    private final AtomicLong last = new AtomicLong();
    private final Object arrival = new Object();
    private final Map<String, Long> forgottenOfApp = new ConcurrentHashMap<>();
    private volatile long forgotten;
    private volatile int waiting;
    private volatile boolean closed;

    /** @param capacity how many operations it holds; 0 for a journal that holds none and costs nothing */
    public OperationJournal(int capacity) {
        this.capacity = capacity;
        this.buffer = new RingBuffer(capacity);
    }

    /** A view of one app's operations, or of all. */
    public Journal scopedTo(Optional<String> appId) {
        return new Journal(this, appId);
    }

    /**
     * Draws the next place, and marks it as taken by an operation that is under way. Whoever draws one must fill it.
     *
     * @param slot makes what stands there until it is filled
     */
    public void reserve(LongFunction<? extends JournalSlot> slot) {
        // No lock: with more threads than cores, whoever is put to sleep inside one would hold up all others.
        long sequence = last.incrementAndGet();
        JournalSlot taken = slot.apply(sequence);
        if (capacity > 0) {
            buffer.set(taken);
        }
    }

    /** Fills a place that was drawn. */
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

    /** What is behind that sequence and matches, up to the first operation that matches and is not done yet. */
    public JournalPage after(long sequence, CallMatch match, int limit) {
        return read(sequence, match, limit, true);
    }

    /** Everything that is done and matches. */
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
            JournalSlot slot = marked(at);
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

    /** The place, once it is marked: between drawing it and marking it are a few instructions. */
    private @Nullable JournalSlot marked(long sequence) {
        JournalSlot slot = buffer.get(sequence);
        for (int spins = 0; slot == null && spins < 1_000 && sequence > last.get() - capacity; spins++) {
            Thread.onSpinWait();
            slot = buffer.get(sequence);
        }
        return slot;
    }

    private boolean isForgotten(JournalEntry entry) {
        return entry.sequence() <= forgottenOfApp.getOrDefault(entry.call().appId(), 0L);
    }

    /** Waits until something is behind that sequence, or the time is over, or the journal was closed. */
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

    /** Forgets everything so far; sequences go on. */
    public void reset() {
        forgotten = last.get();
    }

    /** Forgets what one app did so far. */
    public void reset(String appId) {
        forgottenOfApp.put(appId, last.get());
    }

    public boolean isClosed() {
        return closed;
    }

    /** Lets go whoever waits. */
    public void close() {
        closed = true;
        synchronized (arrival) {
            arrival.notifyAll();
        }
    }
}
