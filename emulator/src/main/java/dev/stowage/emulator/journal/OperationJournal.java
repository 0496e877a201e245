package dev.stowage.emulator.journal;

import dev.stowage.emulator.call.CallMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A ring of the last operations. An operation draws its place while it takes effect and fills it when it is done; a reader
 * stops before the first place that is not filled yet, so that nothing can appear behind its back.
 */
public final class OperationJournal {

    private final AtomicReferenceArray<@Nullable JournalEntry> ring;
    private final AtomicLong last = new AtomicLong();
    private final Object arrival = new Object();
    private final Map<String, Long> forgottenOfApp = new ConcurrentHashMap<>();
    private volatile long forgotten;
    private volatile int waiting;
    private volatile boolean closed;

    /** @param capacity how many operations it holds */
    public OperationJournal(int capacity) {
        ring = new AtomicReferenceArray<>(capacity);
    }

    /** A view of one app's operations, or of all. */
    public Journal scopedTo(Optional<String> appId) {
        return new Journal(this, appId);
    }

    /** Draws the next place. Whoever draws one must fill it. */
    public long draw() {
        return last.incrementAndGet();
    }

    /** Fills a place that was drawn. */
    public void fill(JournalEntry entry) {
        ring.set(slot(entry.sequence()), entry);
        if (waiting > 0) {
            synchronized (arrival) {
                arrival.notifyAll();
            }
        }
    }

    private int slot(long sequence) {
        return (int) (sequence % ring.length());
    }

    /** What is behind that sequence and matches. */
    public JournalPage after(long sequence, CallMatch match, int limit) {
        long end = last.get();
        long from = Math.max(Math.max(sequence, forgotten), end - ring.length()) + 1;
        long dropped = Math.max(0, from - 1 - Math.max(sequence, forgotten));
        List<JournalEntry> entries = new ArrayList<>();
        long next = from - 1;
        for (long at = from; at <= end && entries.size() < limit; at++) {
            JournalEntry entry = ring.get(slot(at));
            if (entry == null || entry.sequence() < at) {
                break;
            }
            next = at;
            if (entry.sequence() > at) {
                dropped++;
            } else if (match.matches(entry.call()) && !isForgotten(entry)) {
                entries.add(entry);
            }
        }
        return new JournalPage(entries, dropped, next);
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
                while (!closed && left > 0 && after(sequence, CallMatch.any(), 1).next() <= sequence) {
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
