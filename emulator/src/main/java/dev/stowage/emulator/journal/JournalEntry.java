package dev.stowage.emulator.journal;

import dev.stowage.emulator.call.CallSummary;
import dev.stowage.emulator.fault.Fault;
import dev.stowage.storage.ErrorCode;
import java.time.Instant;
import java.util.Optional;

/**
 * One finished operation. The entries of one record are in the order in which the operations took effect.
 *
 * @param sequence the position in the journal, starting with 1
 * @param at the time of the app's clock at which the operation took effect
 * @param refusal the error code of a refused operation; empty if it was carried out
 * @param versionBefore the record's version before the operation; 0 if there was no record
 * @param versionAfter the record's version after the operation; 0 if there is no record
 * @param fault the fault that was injected
 */
public record JournalEntry(
        long sequence,
        Instant at,
        CallSummary call,
        Optional<ErrorCode> refusal,
        long versionBefore,
        long versionAfter,
        Optional<Fault.Kind> fault)
        implements JournalSlot {

    /** Returns {@code ok}, or the error code of a refused operation. */
    public String outcome() {
        return refusal.map(ErrorCode::wireName).orElse("ok");
    }

    /** Returns the record's versions for display: {@code v1 → v2}, or {@code v1} if the version did not change. */
    public String versions() {
        return versionBefore == versionAfter ? "v" + versionBefore : "v" + versionBefore + " → v" + versionAfter;
    }

    /** Returns the operation and its outcome on one line: {@code secrets.put utoken  v1 → v2}. */
    public String summary() {
        return EntryText.of(this);
    }
}
