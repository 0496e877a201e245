package dev.stowage.emulator.journal;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The last slots of the journal, in short arrays that are created on demand. One long array would be simpler, but costs 10 % of
 * the throughput: it moves to the old generation, and the garbage collector does extra work for each young object that an old
 * object references.
 */
final class RingBuffer {

    private static final int LENGTH = 512;

    private record Segment(long index, AtomicReferenceArray<@Nullable JournalSlot> slots) {}

    private final AtomicReferenceArray<@Nullable Segment> ring;

    RingBuffer(int capacity) {
        ring = new AtomicReferenceArray<>(capacity / LENGTH + 2);
    }

    /** Stores the slot at its sequence, unless a later sequence has replaced that segment. */
    void set(JournalSlot slot) {
        Segment segment = segment(slot.sequence() / LENGTH);
        if (segment != null) {
            segment.slots().set(offset(slot.sequence()), slot);
        }
    }

    /** Returns the slot; null if it is not set yet or was overwritten. */
    @Nullable
    JournalSlot get(long sequence) {
        Segment segment = ring.get(slot(sequence / LENGTH));
        return segment == null || segment.index() != sequence / LENGTH
                ? null
                : segment.slots().get(offset(sequence));
    }

    private @Nullable Segment segment(long index) {
        int slot = slot(index);
        while (true) {
            Segment current = ring.get(slot);
            if (current != null && current.index() >= index) {
                return current.index() == index ? current : null;
            }
            Segment mine = new Segment(index, new AtomicReferenceArray<>(LENGTH));
            if (ring.compareAndSet(slot, current, mine)) {
                return mine;
            }
        }
    }

    private int slot(long index) {
        return (int) (index % ring.length());
    }

    private static int offset(long sequence) {
        return (int) (sequence % LENGTH);
    }
}
