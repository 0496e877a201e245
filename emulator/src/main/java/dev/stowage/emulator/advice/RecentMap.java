package dev.stowage.emulator.advice;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map of what a rule remembers, which forgets the entries that were not used for the longest time. */
final class RecentMap<K, V> extends LinkedHashMap<K, V> {

    private static final long serialVersionUID = 1L;
    private static final int CAPACITY = 10_000;

    RecentMap() {
        super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > CAPACITY;
    }
}
