package dev.stowage.emulator.service;

import dev.stowage.emulator.record.RecordStore;
import dev.stowage.emulator.record.Transaction;
import dev.stowage.emulator.time.EmulatorClock;
import java.time.InstantSource;

/**
 * The emulator's clock and the clocks of the apps. What they were set to is kept as records, so that with a durable record store a
 * frozen clock is still frozen after a restart, and its records don't all expire (DUR-4).
 */
public final class Clocks {

    private static final String EMULATOR = "emulator";

    private final StoredClockSettings settings;
    private final EmulatorClock emulator;

    public Clocks(InstantSource system, RecordStore records) {
        this.settings = new StoredClockSettings(records);
        this.emulator = EmulatorClock.system(system, settings, EMULATOR);
    }

    public EmulatorClock emulator() {
        return emulator;
    }

    /** Returns the app's clock. It follows the emulator's clock until it is set or frozen. References to it stay valid. */
    public EmulatorClock of(String appId) {
        return emulator.child(nameOf(appId));
    }

    private static String nameOf(String appId) {
        return "app/" + appId;
    }

    /** Adds the reset of an app's clock to a commit. {@link #refresh} follows it. */
    static void forget(Transaction commit, String appId) {
        StoredClockSettings.forget(commit, nameOf(appId));
    }

    /** Adds the reset of all clocks to a commit. {@link #refresh} follows it. */
    static void forgetAll(Transaction commit) {
        StoredClockSettings.forgetAll(commit);
    }

    /** Takes over what the record store contains: after a commit, or where no operation has done so. */
    public void refresh() {
        settings.reload();
    }
}
