package dev.stowage.emulator.journal;

import dev.stowage.emulator.call.CallSummary;
import dev.stowage.emulator.fault.Fault;
import dev.stowage.storage.ErrorCode;
import java.time.Instant;
import java.util.Optional;

/**
 * One operation that happened. Entries of one record are in the order in which they took effect.
 *
 * @param sequence 1 for the first; each entry's is greater than those before it
 * @param at the time it saw, by its app's clock
 * @param refusal why it was refused; empty if it was carried out
 * @param versionBefore the record's version when it came; 0 where there was none
 * @param versionAfter the record's version after it; 0 where there was none
 * @param fault the fault that it met
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

    /** {@code ok}, or the code of the refusal. */
    public String outcome() {
        return refusal.map(ErrorCode::wireName).orElse("ok");
    }

    /** What became of the record's version, for a person: {@code v1 → v2}, or {@code v1} where it stayed. */
    public String versions() {
        return versionBefore == versionAfter ? "v" + versionBefore : "v" + versionBefore + " → v" + versionAfter;
    }
}
