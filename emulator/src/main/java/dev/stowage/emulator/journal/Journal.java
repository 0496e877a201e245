package dev.stowage.emulator.journal;

import dev.stowage.emulator.call.CallMatch;
import java.util.List;
import java.util.Optional;

/** What an app's operations, or all operations, did. Safe for many threads at once. */
public final class Journal {

    private final OperationJournal operations;
    private final Optional<String> appId;

    Journal(OperationJournal operations, Optional<String> appId) {
        this.operations = operations;
        this.appId = appId;
    }

    /** Everything that is done and still there. */
    public List<JournalEntry> entries() {
        return operations.done(scoped(CallMatch.any()));
    }

    /** What is behind that sequence, up to the first operation that is not done yet. */
    public JournalPage after(long sequence) {
        return after(sequence, CallMatch.any());
    }

    /** What is behind that sequence and matches. */
    public JournalPage after(long sequence, CallMatch match) {
        return operations.after(sequence, scoped(match), Integer.MAX_VALUE);
    }

    private CallMatch scoped(CallMatch match) {
        return appId.map(match::app).orElse(match);
    }
}
