package dev.stowage.reliability.kill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/** What a run has written, and what was wrong after a restart. Thread-safe. */
public final class KillReport {

    private final LongAdder acknowledged = new LongAdder();
    private final LongAdder keptOpen = new LongAdder();
    private final LongAdder droppedOpen = new LongAdder();
    private final List<String> findings = new ArrayList<>();
    private int kills;
    private Duration slowestStart = Duration.ZERO;

    void acknowledged() {
        acknowledged.increment();
    }

    /**
     * A record was compared with what was acknowledged.
     *
     * @param wasOpen whether a write to it had no response
     * @param wasKept whether that write was carried out
     */
    void checked(boolean wasOpen, boolean wasKept) {
        if (wasOpen) {
            (wasKept ? keptOpen : droppedOpen).increment();
        }
    }

    synchronized void found(String finding) {
        findings.add("after kill " + kills + ": " + finding);
    }

    synchronized void restarted(Duration startTime) {
        kills++;
        slowestStart = startTime.compareTo(slowestStart) > 0 ? startTime : slowestStart;
    }

    /** What was lost, half done or used again; empty if nothing was. */
    public synchronized List<String> findings() {
        return List.copyOf(findings);
    }

    public long writes() {
        return acknowledged.sum();
    }

    @Override
    public synchronized String toString() {
        return String.format(
                Locale.ROOT,
                "%d kills; %,d writes acknowledged; without a response: %d kept, %d not; slowest start %.2f s",
                kills,
                acknowledged.sum(),
                keptOpen.sum(),
                droppedOpen.sum(),
                slowestStart.toMillis() / 1000.0);
    }
}
