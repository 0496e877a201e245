package dev.stowage.emulator.service;

import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.RecordContent;
import dev.stowage.emulator.record.RecordStore;
import dev.stowage.emulator.record.Transaction;
import dev.stowage.emulator.time.ClockSetting;
import dev.stowage.emulator.time.ClockSettings;
import dev.stowage.storage.Hash;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The settings of clocks as records, with a copy in memory, which follows the record store: a clock that is set in one process is set
 * in all that use the store, from their next operation on (DUR-4).
 */
final class StoredClockSettings implements ClockSettings {

    private static final Partition PARTITION = new Partition("emulator", "clocks");
    private static final String FROZEN_AT = "frozenAt";
    /** Written with each change, also with a removal, so that the greatest version of the partition rises. */
    private static final String LAST_CHANGE = "lastChange";

    private final RecordStore records;
    private final Map<String, ClockSetting> settings = new ConcurrentHashMap<>();

    StoredClockSettings(RecordStore records) {
        this.records = records;
        records.watch(PARTITION, this::reload);
        reload();
    }

    @Override
    public @Nullable ClockSetting get(String name) {
        return settings.get(name);
    }

    @Override
    public synchronized @Nullable ClockSetting update(String name, UnaryOperator<@Nullable ClockSetting> change) {
        ClockSetting changed = Transaction.run(records, commit -> {
                    ClockSetting before = settingOf(commit.read(PARTITION, name));
                    Optional<ClockSetting> after = Optional.ofNullable(change.apply(before));
                    after.ifPresentOrElse(
                            setting -> commit.write(PARTITION, name, contentOf(setting)),
                            () -> commit.remove(PARTITION, name));
                    changed(commit);
                    return after;
                })
                .orElse(null);
        if (changed == null) {
            settings.remove(name);
        } else {
            settings.put(name, changed);
        }
        return changed;
    }

    /** Adds the removal of a setting to a commit. {@link #reload} follows it. */
    static void forget(Transaction commit, String name) {
        commit.remove(PARTITION, name);
        changed(commit);
    }

    /** Adds the removal of all settings to a commit. {@link #reload} follows it. */
    static void forgetAll(Transaction commit) {
        commit.clear(PARTITION);
        changed(commit);
    }

    private static void changed(Transaction commit) {
        commit.write(PARTITION, LAST_CHANGE, RecordContent.empty());
    }

    /** Takes over what the record store contains. */
    synchronized void reload() {
        Map<String, ClockSetting> stored = new HashMap<>();
        records.list(PARTITION).forEach((name, record) -> {
            ClockSetting setting = name.equals(LAST_CHANGE) ? null : settingOf(record.content());
            if (setting != null) {
                stored.put(name, setting);
            }
        });
        settings.putAll(stored);
        settings.keySet().retainAll(stored.keySet());
    }

    private static @Nullable ClockSetting settingOf(@Nullable RecordContent content) {
        return content == null
                ? null
                : new ClockSetting(
                        Optional.ofNullable(content.hash().getString(FROZEN_AT)).map(Instant::parse));
    }

    private static RecordContent contentOf(ClockSetting setting) {
        return RecordContent.of(setting.frozenAt()
                .map(instant -> Hash.of(FROZEN_AT, instant.toString()))
                .orElse(Hash.empty()));
    }
}
