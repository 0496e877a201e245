package dev.stowage.emulator.interleaving;

import dev.stowage.emulator.app.AppUnderTest;
import dev.stowage.emulator.journal.JournalEntry;
import dev.stowage.emulator.journal.JournalPage;
import dev.stowage.emulator.time.EmulatorClock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Observes the state around operations that affects other operations: the clock, the installs and the faults; reads outcomes from the journal. */
final class EnvironmentProbe {

    private record State(Instant now, Map<Long, String> activeInstalls, boolean hasFaults) {}

    private final AppUnderTest app;
    private long journalRead;
    private State before;

    EnvironmentProbe(AppUnderTest app) {
        this.app = app;
        this.before = state();
        this.journalRead = app.journal().last();
    }

    private State state() {
        EmulatorClock clock = app.clock();
        Instant now = clock.mode() == EmulatorClock.Mode.MANUAL ? clock.instant() : Instant.EPOCH;
        return new State(now, app.activeInstalls(), !app.faults().list().isEmpty());
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
        JournalPage page = app.journal().after(journalRead);
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
