package dev.stowage.emulator.service;

import dev.stowage.emulator.time.AppClocks;
import dev.stowage.emulator.time.EmulatorClock;
import java.time.InstantSource;

/** The emulator's clock and the clocks of the apps. */
public final class Clocks {

    private final EmulatorClock emulator;
    private final AppClocks apps;

    public Clocks(InstantSource system) {
        this.emulator = EmulatorClock.system(system);
        this.apps = new AppClocks(emulator);
    }

    public EmulatorClock emulator() {
        return emulator;
    }

    /** Returns the app's clock. It follows the emulator's clock until it is set or frozen. */
    public EmulatorClock of(String appId) {
        return apps.of(appId);
    }

    /** Resets the app's clock. References to it stay valid. */
    void reset(String appId) {
        of(appId).resume();
    }

    void reset() {
        emulator.resume();
        apps.reset();
    }
}
