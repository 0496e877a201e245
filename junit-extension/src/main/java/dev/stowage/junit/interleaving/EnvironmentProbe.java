package dev.stowage.junit.interleaving;

import dev.stowage.emulator.App;
import dev.stowage.emulator.journal.JournalEntry;
import dev.stowage.emulator.journal.JournalPage;
import dev.stowage.emulator.time.EmulatorClock;
import dev.stowage.junit.scope.TestScope;
import java.time.Instant;
import java.util.List;

/** Observes the state around operations that affects other operations: the clock, the install and the faults; reads outcomes from the journal. */
final class EnvironmentProbe {

    private record State(Instant now, long installId, boolean hasFaults) {}

    private final TestScope scope;
    private long journalRead;
    private State before;

    EnvironmentProbe(TestScope scope) {
        this.scope = scope;
        this.before = state();
        this.journalRead = scope.app().journal().after(0).next();
    }

    private State state() {
        App app = scope.app();
        EmulatorClock clock = app.clock();
        Instant now = clock.mode() == EmulatorClock.Mode.MANUAL ? clock.instant() : Instant.EPOCH;
        return new State(now, scope.install().installId(), !app.faults().list().isEmpty());
    }

    /** True if something has changed since the last call, or if faults are armed, because these count operations. */
    boolean hasChanged() {
        State now = state();
        boolean changed = !now.equals(before) || now.hasFaults();
        before = now;
        return changed;
    }

    /** The operation's outcome, from the journal: {@code v1 → v2}, {@code v1} if it changed nothing, or the error code. */
    String outcomeOf(RecordAccess access) {
        JournalPage page = scope.app().journal().after(journalRead);
        journalRead = page.next();
        List<JournalEntry> matching = page.entries().stream()
                .filter(entry -> entry.call().operation().equals(access.operation())
                        && entry.call().key().equals(access.key())
                        && entry.call().store() == access.store())
                .toList();
        return matching.isEmpty() ? "not executed" : outcome(matching.get(matching.size() - 1));
    }

    private static String outcome(JournalEntry entry) {
        String fault = entry.fault().map(kind -> ", " + kind.wireName()).orElse("");
        return entry.refusal().isEmpty() ? entry.versions() + fault : entry.outcome() + fault;
    }
}
