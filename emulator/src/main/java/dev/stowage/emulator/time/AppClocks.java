package dev.stowage.emulator.time;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The clocks of the apps. They follow the emulator's clock until they are set. Only clocks that were set take memory, so nothing
 * remains of an app whose clock was reset. Thread-safe.
 */
public final class AppClocks {

    private final EmulatorClock emulator;
    private final BiConsumer<String, @Nullable ClockSetting> save;
    private final ConcurrentHashMap<String, TimeSource> setByApp = new ConcurrentHashMap<>();

    /**
     * @param emulator the clock that the clocks of the apps follow
     * @param save is called with the app's id before a setting takes effect; with null before the clock follows the emulator's
     */
    public AppClocks(EmulatorClock emulator, BiConsumer<String, @Nullable ClockSetting> save) {
        this.emulator = emulator;
        this.save = save;
    }

    /** Returns the app's clock. All clocks of the same app are interchangeable and stay valid after a reset. */
    public EmulatorClock of(String appId) {
        return emulator.child(new AppSetting(appId));
    }

    /** Sets the app's clock to what it was set to before a restart. */
    public void restore(String appId, ClockSetting setting) {
        setByApp.put(appId, setting.source(emulator.system()));
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
            return setByApp.compute(appId, (id, set) -> {
                TimeSource changed = change.apply(set);
                save.accept(appId, ClockSetting.of(changed));
                return changed;
            });
        }
    }
}
