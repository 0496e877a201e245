package dev.stowage.emulator.journal;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The last places, in short arrays that are made as they are needed. One long array would be simpler and cost a tenth of the
 * throughput: it would soon be old to the garbage collector, which does extra work for every young object that an old one
 * points to.
 */
final class RingBuffer {

    private static final int LENGTH = 512;

    private record Segment(long index, AtomicReferenceArray<@Nullable JournalSlot> slots) {}

    private final AtomicReferenceArray<@Nullable Segment> ring;

    RingBuffer(int capacity) {
        ring = new AtomicReferenceArray<>(capacity / LENGTH + 2);
    }

    /** Puts the place where its sequence belongs, unless the ring has come round already. */
    void set(JournalSlot slot) {
        Segment segment = segment(slot.sequence() / LENGTH);
        if (segment != null) {
            segment.slots().set(offset(slot.sequence()), slot);
        }
    }

    /** The place; null if it is not marked yet, or not there any more. */
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
