package dev.stowage.emulator.http.exchange;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Refuses what would be stored while the heap is nearly full, so that the server goes on: reads, deletions and the control plane need
 * some memory, too. A quarter of the heap is kept free, at most {@value #MAX_RESERVE_BYTES} bytes.
 *
 * <p>Whether the heap is full is known after a collection only. One is started when the heap seems full and more was stored since
 * the last one than was free then; at most one a second, and at most a twentieth of the time.
 */
public final class HeapGuard {

    /** The guard of this JVM's heap. */
    public static final HeapGuard OF_THIS_JVM = new HeapGuard(
            Runtime.getRuntime().maxMemory(),
            () -> Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory(),
            System::gc,
            System::nanoTime);

    private static final long MAX_RESERVE_BYTES = 64L * 1024 * 1024;
    /** An estimate of what a record takes beside its content. */
    private static final long OVERHEAD_BYTES = 300;

    private static final long UNCHECKED_PART = 10_000;

    private static final long MIN_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long PAUSE_FACTOR = 20;

    private final long maxBytes;
    private final long limitBytes;
    /** How much may be stored until the heap is looked at again: the look takes longer than the storing of a small record. */
    private final long uncheckedBytes;

    private final LongSupplier usedBytes;
    private final Runnable collect;
    private final LongSupplier nanoTime;
    private final AtomicLong stored = new AtomicLong();
    private volatile long checkedUpTo = Long.MAX_VALUE;
    private long live;
    private long nextCollection;
    private boolean collectNow = true;

    /**
     * @param maxBytes the size that the heap can have
     * @param usedBytes the bytes in use, including what can be collected
     * @param collect collects what is unused
     * @param nanoTime the time in nanoseconds
     */
    HeapGuard(long maxBytes, LongSupplier usedBytes, Runnable collect, LongSupplier nanoTime) {
        this.maxBytes = maxBytes;
        this.limitBytes = maxBytes - Math.min(maxBytes / 4, MAX_RESERVE_BYTES);
        this.uncheckedBytes = maxBytes / UNCHECKED_PART;
        this.usedBytes = usedBytes;
        this.collect = collect;
        this.nanoTime = nanoTime;
        this.live = limitBytes;
    }

    /**
     * To be called before something is stored.
     *
     * @param bytes its size
     * @throws StorageException {@code throttled} if the heap is nearly full
     */
    public void requireRoomFor(long bytes) {
        long cost = bytes + OVERHEAD_BYTES;
        long sum = stored.addAndGet(cost);
        if (sum >= checkedUpTo && sum - checkedUpTo < uncheckedBytes) {
            return;
        }
        checkedUpTo = sum;
        if (usedBytes.getAsLong() + cost > limitBytes && !hasRoom(cost)) {
            stored.addAndGet(-cost);
            checkedUpTo = Long.MAX_VALUE;
            throw new StorageException(
                    ErrorCode.THROTTLED,
                    "The server's memory is nearly full, so this was not stored: it has a heap of "
                            + maxBytes / (1024 * 1024)
                            + " MB. Delete records, reset apps, or start the server with a larger heap (java -Xmx...).");
        }
    }

    private synchronized boolean hasRoom(long cost) {
        if (live + stored.get() <= limitBytes) {
            return true;
        }
        long now = nanoTime.getAsLong();
        if (collectNow || now - nextCollection >= 0) {
            collectNow = false;
            collect.run();
            live = usedBytes.getAsLong();
            stored.set(cost);
            long after = nanoTime.getAsLong();
            nextCollection = after + Math.max(MIN_PAUSE_NANOS, PAUSE_FACTOR * (after - now));
        }
        return live + stored.get() <= limitBytes;
    }

    /** Something was deleted: the next decision does not wait for the time of the next collection. */
    public synchronized void freed() {
        collectNow = true;
    }
}
