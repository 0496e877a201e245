package dev.stowage.emulator.time;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The clocks of the apps. They follow the emulator's clock until they are set. Only clocks that were set take memory, so nothing
 * remains of an app whose clock was reset. Thread-safe.
 */
public final class AppClocks {

    private final EmulatorClock emulator;
    private final ConcurrentHashMap<String, TimeSource> setByApp = new ConcurrentHashMap<>();

    /** @param emulator the clock that the clocks of the apps follow */
    public AppClocks(EmulatorClock emulator) {
        this.emulator = emulator;
    }

    /** Returns the app's clock. All clocks of the same app are interchangeable and stay valid after a reset. */
    public EmulatorClock of(String appId) {
        return emulator.child(new AppSetting(appId));
    }

    /** Lets all clocks follow the emulator's clock again. */
    public void reset() {
        setByApp.clear();
    }

    private final class AppSetting implements EmulatorClock.Setting {

        private final String appId;

        AppSetting(String appId) {
            this.appId = appId;
        }

        @Override
        public @Nullable TimeSource get() {
            return setByApp.get(appId);
        }

        @Override
        public @Nullable TimeSource update(UnaryOperator<@Nullable TimeSource> change) {
            return setByApp.compute(appId, (id, set) -> change.apply(set));
        }
    }
}
