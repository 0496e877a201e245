package dev.stowage.emulator.service;

import dev.stowage.emulator.time.EmulatorClock;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The emulator's clock and the clocks of the apps. */
public final class Clocks {

    private final EmulatorClock emulator;
    private final Map<String, EmulatorClock> byApp = new ConcurrentHashMap<>();

    public Clocks(InstantSource system) {
        this.emulator = EmulatorClock.system(system);
    }

    public EmulatorClock emulator() {
        return emulator;
    }

    /** Returns the app's clock. It follows the emulator's clock until it is set or frozen. */
    public EmulatorClock of(String appId) {
        EmulatorClock clock = byApp.get(appId);
        return clock != null ? clock : byApp.computeIfAbsent(appId, id -> emulator.child());
    }

    /** Resets the app's clock. References to it stay valid. */
    void reset(String appId) {
        of(appId).resume();
    }

    void reset() {
        emulator.resume();
        byApp.values().forEach(EmulatorClock::resume);
    }
}
