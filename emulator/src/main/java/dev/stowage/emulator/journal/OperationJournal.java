package dev.stowage.emulator.journal;

import dev.stowage.emulator.call.Call;
import dev.stowage.emulator.call.CallMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A ring of the last operations. An operation draws its place while it takes effect and fills it when it is done; who reads
 * page by page stops before the first place that matches and is not filled yet, so that nothing can appear behind its back.
 */
public final class OperationJournal {

    /** A place that was drawn by an operation which is not done yet. */
    private record Pending(long sequence, Call call) implements Place {}

    private final AtomicReferenceArray<@Nullable Place> ring;
    private volatile long last;
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
    public synchronized long draw(Call call) {
        long sequence = last + 1;
        ring.set(slot(sequence), new Pending(sequence, call));
        last = sequence;
        return sequence;
    }

    /** Fills a place that was drawn. */
    public void fill(JournalEntry entry) {
        // Where the ring has come round meanwhile, the place is another's.
        int slot = slot(entry.sequence());
        Place mine = ring.get(slot);
        if (mine != null && mine.sequence() == entry.sequence()) {
            ring.compareAndSet(slot, mine, entry);
        }
        if (waiting > 0) {
            synchronized (arrival) {
                arrival.notifyAll();
            }
        }
    }

    private int slot(long sequence) {
        return (int) (sequence % ring.length());
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
        long end = last;
        long from = Math.max(Math.max(sequence, forgotten), end - ring.length()) + 1;
        long dropped = Math.max(0, from - 1 - Math.max(sequence, forgotten));
        List<JournalEntry> entries = new ArrayList<>();
        long next = from - 1;
        for (long at = from; at <= end && entries.size() < limit; at++) {
            Place place = ring.get(slot(at));
            boolean wasOvertaken = place == null || place.sequence() != at;
            boolean matches = !wasOvertaken && match.matches(place.call());
            if (matches && place instanceof Pending && stopsAtPending) {
                break;
            }
            next = at;
            if (wasOvertaken) {
                dropped++;
            } else if (matches && place instanceof JournalEntry entry && !isForgotten(entry)) {
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
        forgotten = last;
    }

    /** Forgets what one app did so far. */
    public void reset(String appId) {
        forgottenOfApp.put(appId, last);
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
