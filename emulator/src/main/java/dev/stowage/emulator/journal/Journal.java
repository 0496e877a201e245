package dev.stowage.emulator.journal;

import dev.stowage.emulator.call.CallMatch;
import java.util.List;
import java.util.Optional;

/** The journal of one app's operations or of all operations. Thread-safe. */
public final class Journal {

    private final OperationJournal operations;
    private final Optional<String> appId;

    Journal(OperationJournal operations, Optional<String> appId) {
        this.operations = operations;
        this.appId = appId;
    }

    /** Returns the finished operations that the journal still holds. */
    public List<JournalEntry> entries() {
        return operations.done(scoped(CallMatch.any()));
    }

    /** Returns the sequence of the last operation of any app; 0 if there was none. Reads no entry. */
    public long last() {
        return operations.last();
    }

    /** Returns the entries after {@code sequence}, up to the first operation that is not finished. */
    public JournalPage after(long sequence) {
        return after(sequence, CallMatch.any());
    }

    /** Returns the matching entries after {@code sequence}, up to the first matching operation that is not finished. */
    public JournalPage after(long sequence, CallMatch match) {
        return operations.after(sequence, scoped(match), Integer.MAX_VALUE);
    }

    private CallMatch scoped(CallMatch match) {
        return appId.map(match::app).orElse(match);
    }
}
