package dev.stowage.store;

import dev.stowage.emulator.record.RecordStore;
import dev.stowage.emulator.record.RecordStoreProvider;
import dev.stowage.store.SharedMemoryStore.Engine;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** {@code shared-memory://KIND/NAME}: handles of a kind on the engine with that name, so that emulators share it. */
public final class SharedMemoryProvider implements RecordStoreProvider {

    private static final String SCHEME = "shared-memory";
    private static final Map<String, Engine> ENGINES = new ConcurrentHashMap<>();

    static final Map<String, Function<Engine, SharedMemoryStore>> KINDS = Map.of(
            "right", SharedMemoryStore::new,
            "clock-kept-per-process", BrokenSharedStores.WatchIsBlind::new,
            "stalling", StallingStore::new,
            "keys-cached", BrokenSharedStores.CachedReads::new,
            "key-cached-past-its-revocation", BrokenSharedStores.CachedReadsWithoutGuard::new);

    static String url(String kind, long name) {
        return SCHEME + "://" + kind + "/" + name;
    }

    @Override
    public boolean supports(String scheme) {
        return scheme.equals(SCHEME);
    }

    @Override
    public RecordStore open(String url) {
        String kind = url.substring((SCHEME + "://").length(), url.lastIndexOf('/'));
        return KINDS.get(kind).apply(ENGINES.computeIfAbsent(url, name -> new Engine()));
    }
}
