package dev.stowage.storage.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stowage.storage.BaseStore;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.Storage;
import dev.stowage.storage.StoreName;
import dev.stowage.storage.operation.Transport;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The storage API on top of a {@link Transport}. All clients are this class with a transport of their own. */
public final class TransportStorage implements Storage {

    /** The default time limit for a patch with an updater, including all of its retries. */
    public static final Duration DEFAULT_PATCH_LIMIT = Duration.ofSeconds(30);

    /** One for all clients of the process, as each may have been opened for one request. */
    private static final RecordLanes LANES_OF_PROCESS = new RecordLanes();

    private final Transport transport;
    private final RetryBudget budget;
    private final @Nullable RecordLanes lanes;
    private final BaseStore secrets;
    private final BaseStore settings;
    private final KeyValueStore kvStore;
    private final KeyValueStore sharedKvStore;

    /** A storage with the default time limit for patches. */
    public TransportStorage(Transport transport) {
        this(transport, DEFAULT_PATCH_LIMIT);
    }

    /**
     * A storage with a time limit of its own for patches.
     *
     * @param patchLimit the time limit for a patch with an updater, including all of its retries
     */
    public TransportStorage(Transport transport, Duration patchLimit) {
        this(transport, new RetryBudget(patchLimit));
    }

    /**
     * A storage whose patches with updaters take turns with those of other such storages of this process: one that has met another on a
     * record waits for it, at most two seconds. So the time that n of them need grows with n, not with its square.
     *
     * @param patchLimit as in {@link #TransportStorage(Transport, Duration)}
     */
    public static TransportStorage takingTurns(Transport transport, Duration patchLimit) {
        return new TransportStorage(transport, new RetryBudget(patchLimit), LANES_OF_PROCESS, RecordMapper.DEFAULT);
    }

    TransportStorage(Transport transport, RetryBudget budget) {
        this(transport, budget, null, RecordMapper.DEFAULT);
    }

    private TransportStorage(
            Transport transport, RetryBudget budget, @Nullable RecordLanes lanes, RecordMapper mapper) {
        this.transport = transport;
        this.budget = budget;
        this.lanes = lanes;
        secrets = new TransportBaseStore(transport, StoreName.SECRETS, mapper, updaters(StoreName.SECRETS));
        settings = new TransportBaseStore(transport, StoreName.SETTINGS, mapper, updaters(StoreName.SETTINGS));
        kvStore = new TransportKeyValueStore(transport, StoreName.KV_STORE, mapper, updaters(StoreName.KV_STORE));
        sharedKvStore = new TransportKeyValueStore(
                transport, StoreName.SHARED_KV_STORE, mapper, updaters(StoreName.SHARED_KV_STORE));
    }

    private UpdaterLoop updaters(StoreName store) {
        return new UpdaterLoop(transport, store, budget, lanes);
    }

    @Override
    public TransportStorage withMapper(ObjectMapper mapper) {
        return new TransportStorage(transport, budget, lanes, new RecordMapper(mapper));
    }

    @Override
    public BaseStore secrets() {
        return secrets;
    }

    @Override
    public BaseStore settings() {
        return settings;
    }

    @Override
    public KeyValueStore kvStore() {
        return kvStore;
    }

    @Override
    public KeyValueStore sharedKvStore() {
        return sharedKvStore;
    }
}
