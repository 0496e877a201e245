package dev.stowage.emulator.app;

import dev.stowage.emulator.fault.Faults;
import dev.stowage.emulator.gate.Gate;
import dev.stowage.emulator.journal.Journal;
import dev.stowage.emulator.time.EmulatorClock;
import dev.stowage.emulator.watch.Watcher;
import java.util.Map;

/** An app as explorations, sweeps and the detection of stale values use it: its controls and its installs, without its data. */
public interface AppUnderTest {

    String appId();

    EmulatorClock clock();

    Faults faults();

    Journal journal();

    Gate gate();

    /**
     * The number of an install's account: 0 for the account of the first install since the last reset. It is the same in every run
     * of a test.
     */
    int accountNumber(long installId);

    /** The accounts of the installs that have not ended, by the id of the install. */
    Map<Long, String> activeInstalls();

    /** Reinstalls the app in the account of its first install. */
    void reinstall();

    /** Adds a watcher, beside the one that a test may have set. */
    void addWatcher(Watcher watcher);

    /** Removes a watcher that was added. */
    void removeWatcher(Watcher watcher);
}
