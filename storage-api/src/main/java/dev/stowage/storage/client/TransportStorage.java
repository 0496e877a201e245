package dev.stowage.storage.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stowage.storage.BaseStore;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.Storage;
import dev.stowage.storage.StoreName;
import dev.stowage.storage.operation.Transport;
import java.time.Duration;

/** The storage API on top of a {@link Transport}. All clients are this class with a transport of their own. */
public final class TransportStorage implements Storage {

    /** The default time limit for a patch with an updater, including all of its retries. */
    public static final Duration DEFAULT_PATCH_LIMIT = Duration.ofSeconds(30);

    private final Transport transport;
    private final RetryBudget budget;
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

    TransportStorage(Transport transport, RetryBudget budget) {
        this(transport, budget, RecordMapper.DEFAULT);
    }

    private TransportStorage(Transport transport, RetryBudget budget, RecordMapper mapper) {
        this.transport = transport;
        this.budget = budget;
        secrets = new TransportBaseStore(transport, StoreName.SECRETS, mapper, budget);
        settings = new TransportBaseStore(transport, StoreName.SETTINGS, mapper, budget);
        kvStore = new TransportKeyValueStore(transport, StoreName.KV_STORE, mapper, budget);
        sharedKvStore = new TransportKeyValueStore(transport, StoreName.SHARED_KV_STORE, mapper, budget);
    }

    @Override
    public TransportStorage withMapper(ObjectMapper mapper) {
        return new TransportStorage(transport, budget, new RecordMapper(mapper));
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
