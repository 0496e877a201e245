package dev.stowage.storage.client;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.Snapshot;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.StoreName;
import dev.stowage.storage.Ttl;
import dev.stowage.storage.Updater;
import dev.stowage.storage.UpdaterTtl;
import dev.stowage.storage.client.UpdaterRun.Writer;
import dev.stowage.storage.operation.Operation;
import dev.stowage.storage.operation.Transport;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The rounds of one patch with an updater: each reads the record, runs the updater, and writes if the version is still the same. */
final class UpdaterRounds {

    /** A test may play the other writer in its updater for a few rounds; an updater that always writes never ends. */
    private static final int MAX_OWN_WRITES = 20;

    /** More, because a write through another client may be one to another install. */
    private static final int MAX_OTHER_CLIENTS_WRITES = 200;

    private final Transport transport;
    private final StoreName store;
    private final RetryBudget budget;
    private final String key;
    private final Updater updater;
    private final Ttl ttlArgument;
    private final long start;
    private int rounds;
    private int ownWrites;

    UpdaterRounds(
            Transport transport, StoreName store, RetryBudget budget, String key, Updater updater, Ttl ttlArgument) {
        this.transport = transport;
        this.store = store;
        this.budget = budget;
        this.key = key;
        this.updater = updater;
        this.ttlArgument = ttlArgument;
        this.start = budget.nanoTime();
    }

    /**
     * Makes a round, and pauses after it if another writer was faster.
     *
     * @return the record before the patch; empty if another writer was faster
     * @throws StorageException if there must not be another round
     */
    Optional<Hash> next() {
        rounds++;
        Snapshot current = TransportStore.snapshot(transport.execute(store, new Operation.Get(key, null)));
        UpdaterTtl ttl = new UpdaterTtl(current.ttl());
        UpdaterRun run = UpdaterRun.start(transport, store, key);
        Hash next;
        try (run) {
            next = updater.update(current.value(), ttl);
        }
        // TTL-6: the ttl argument applies if the updater does not change the ttl.
        Ttl requested = ttl.requested().isKeep() ? ttlArgument : ttl.requested();
        Operation put = new Operation.Put(key, next, requested, OptionalLong.of(current.version()));
        try {
            transport.execute(store, put);
            UpdaterRun.notice(transport, store, put);
            return Optional.of(current.value());
        } catch (StorageException refusal) {
            if (refusal.code() != ErrorCode.VERSION_CONFLICT) {
                throw refusal;
            }
        }
        afterLostRound(run.writer());
        return Optional.empty();
    }

    private void afterLostRound(Writer writer) {
        ownWrites = writer == Writer.NONE ? 0 : ownWrites + 1;
        if (ownWrites >= (writer == Writer.SAME_CLIENT ? MAX_OWN_WRITES : MAX_OTHER_CLIENTS_WRITES)) {
            throw updaterWrites();
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new StorageException(
                    ErrorCode.UNAVAILABLE,
                    "The patch of '" + key + "' in " + store + " was interrupted; nothing was written.");
        }
        if (budget.nanoTime() - start > budget.limit().toNanos()) {
            throw timeLimitReached();
        }
        if (writer != Writer.SAME_CLIENT) {
            budget.pauseAfter(rounds);
        }
    }

    private StorageException updaterWrites() {
        return new StorageException(
                ErrorCode.INVALID_REQUEST,
                "The patch of '" + key + "' in " + store + " can't succeed: in each of the last rounds (" + ownWrites
                        + " so far) the updater itself wrote to '" + key
                        + "', which makes the record that it was given out"
                        + " of date. The patch wrote nothing. Return the change from the updater instead of writing it,"
                        + " write before or after the patch, or use another key. (PATCH-3)",
                Map.of("store", store.wireName(), "key", key));
    }

    private StorageException timeLimitReached() {
        return new StorageException(
                ErrorCode.VERSION_CONFLICT,
                "The patch of '" + key + "' in " + store + " gave up after "
                        + budget.limit().toMillis() + " ms: in each of "
                        + rounds + " rounds another writer was faster. Nothing was written. Let fewer writers share the"
                        + " record, move writes to it out of the updater, make the updater faster, or raise the client's"
                        + " time limit for patches. (PATCH-3)",
                Map.of("store", store.wireName(), "key", key));
    }
}
