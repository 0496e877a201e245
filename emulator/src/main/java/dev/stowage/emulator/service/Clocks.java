package dev.stowage.emulator.service;

import dev.stowage.emulator.time.EmulatorClock;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The emulator's clock, and one for every app. */
public final class Clocks {

    private final EmulatorClock emulator;
    private final Map<String, EmulatorClock> byApp = new ConcurrentHashMap<>();

    public Clocks(InstantSource system) {
        this.emulator = EmulatorClock.system(system);
    }

    public EmulatorClock emulator() {
        return emulator;
    }

    /** The app's own clock; it follows the emulator's until it is set. */
    public EmulatorClock of(String appId) {
        EmulatorClock clock = byApp.get(appId);
        return clock != null ? clock : byApp.computeIfAbsent(appId, id -> emulator.child());
    }

    /** Whoever holds the app's clock still holds the one that counts. */
    void reset(String appId) {
        of(appId).resume();
    }

    void reset() {
        emulator.resume();
        byApp.values().forEach(EmulatorClock::resume);
    }
}
