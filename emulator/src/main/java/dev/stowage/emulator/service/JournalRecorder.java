package dev.stowage.emulator.service;

import dev.stowage.emulator.call.Call;
import dev.stowage.emulator.call.CallSummary;
import dev.stowage.emulator.fault.Fault;
import dev.stowage.emulator.journal.JournalEntry;
import dev.stowage.emulator.journal.JournalSlot;
import dev.stowage.emulator.journal.OperationJournal;
import dev.stowage.storage.ErrorCode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Records one operation for the journal. Its slot is reserved while the operation takes effect, or at its end. */
final class JournalRecorder implements JournalSlot {

    private final OperationJournal journal;
    private final Call call;
    private final CallSummary summary;
    private long sequence;
    private @Nullable Instant at;
    private long versionBefore;
    private long versionAfter;
    private @Nullable ErrorCode refusal;
    private Fault.@Nullable Kind fault;

    JournalRecorder(OperationJournal journal, Call call) {
        this.journal = journal;
        this.call = call;
        this.summary = call.summary();
    }

    Call operation() {
        return call;
    }

    @Override
    public CallSummary call() {
        return summary;
    }

    @Override
    public long sequence() {
        return sequence;
    }

    private JournalRecorder at(long reserved) {
        sequence = reserved;
        return this;
    }

    /** Called when the operation takes effect: reserves the slot. */
    void takesEffect(Instant now) {
        at = now;
        // A step that is retried keeps its first slot, because every reserved slot must be filled.
        if (sequence == 0) {
            journal.reserve(this::at);
        }
    }

    void versions(long before, long after) {
        versionBefore = before;
        versionAfter = after;
    }

    void injected(Fault injected) {
        fault = injected.kind();
    }

    void refused(ErrorCode code) {
        refusal = code;
    }

    /** Writes the entry. An operation that never took effect gets its slot and time now. */
    void write(InstantSource clock) {
        Instant seen = at;
        if (seen == null) {
            seen = clock.instant();
            takesEffect(seen);
        }
        journal.fill(new JournalEntry(
                sequence,
                seen,
                summary,
                Optional.ofNullable(refusal),
                versionBefore,
                versionAfter,
                Optional.ofNullable(fault)));
    }
}
