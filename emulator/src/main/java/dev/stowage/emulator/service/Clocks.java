package dev.stowage.emulator.service;

import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.RecordContent;
import dev.stowage.emulator.record.RecordStore;
import dev.stowage.emulator.record.Transaction;
import dev.stowage.emulator.time.AppClocks;
import dev.stowage.emulator.time.ClockSetting;
import dev.stowage.emulator.time.EmulatorClock;
import dev.stowage.storage.Hash;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The emulator's clock and the clocks of the apps. What they were set to is kept as records, so that with a durable record store a
 * frozen clock is still frozen after a restart, and its records don't all expire (DUR-4).
 */
public final class Clocks {

    private static final Partition PARTITION = new Partition("emulator", "clocks");
    private static final String EMULATOR = "emulator";
    private static final String APP = "app/";
    private static final String FROZEN_AT = "frozenAt";

    private final RecordStore records;
    private final EmulatorClock emulator;
    private final AppClocks apps;

    public Clocks(InstantSource system, RecordStore records) {
        this.records = records;
        this.emulator = EmulatorClock.system(system, saved(EMULATOR), setting -> save(EMULATOR, setting));
        this.apps = new AppClocks(emulator, (appId, setting) -> save(APP + appId, setting));
        records.list(PARTITION).keySet().stream()
                .filter(name -> name.startsWith(APP))
                .forEach(name -> saved(name).ifPresent(setting -> apps.restore(name.substring(APP.length()), setting)));
    }

    public EmulatorClock emulator() {
        return emulator;
    }

    /** Returns the app's clock. It follows the emulator's clock until it is set or frozen. */
    public EmulatorClock of(String appId) {
        return apps.of(appId);
    }

    private Optional<ClockSetting> saved(String name) {
        return Optional.ofNullable(records.read(PARTITION, name))
                .map(record -> Optional.ofNullable(record.content().hash().getString(FROZEN_AT)))
                .map(frozenAt -> new ClockSetting(frozenAt.map(Instant::parse)));
    }

    /** @param setting null if the clock follows its original source again */
    private void save(String name, @Nullable ClockSetting setting) {
        Transaction.execute(records, commit -> {
            if (setting == null) {
                commit.remove(PARTITION, name);
            } else {
                commit.write(PARTITION, name, RecordContent.of(contentOf(setting)));
            }
        });
    }

    private static Hash contentOf(ClockSetting setting) {
        return setting.frozenAt()
                .map(instant -> Hash.of(FROZEN_AT, instant.toString()))
                .orElse(Hash.empty());
    }

    /** Adds the reset of an app's clock to a commit. {@link #reset(String)} follows it. */
    static void forget(Transaction commit, String appId) {
        commit.remove(PARTITION, APP + appId);
    }

    /** Adds the reset of all clocks to a commit. {@link #reset()} follows it. */
    static void forgetAll(Transaction commit) {
        commit.clear(PARTITION);
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
