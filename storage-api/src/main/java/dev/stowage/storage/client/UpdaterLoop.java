package dev.stowage.storage.client;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.Snapshot;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.StoreName;
import dev.stowage.storage.Ttl;
import dev.stowage.storage.Updater;
import dev.stowage.storage.UpdaterTtl;
import dev.stowage.storage.operation.Operation;
import dev.stowage.storage.operation.Transport;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Runs a patch with an updater (PATCH-3): reads the record, runs the updater, writes if the version is still the same, else
 * starts again. The limit is a time, not a number of rounds, because with n writers the slowest may need n rounds.
 */
final class UpdaterLoop {

    private final Transport transport;
    private final StoreName store;
    private final RetryBudget budget;

    UpdaterLoop(Transport transport, StoreName store, RetryBudget budget) {
        this.transport = transport;
        this.store = store;
        this.budget = budget;
    }

    Hash run(String key, Updater updater, Ttl ttlArgument) {
        long start = budget.nanoTime();
        for (int rounds = 1; ; rounds++) {
            Snapshot current = TransportStore.snapshot(transport.execute(store, new Operation.Get(key, null)));
            UpdaterTtl ttl = new UpdaterTtl(current.ttl());
            Hash next = updater.update(current.value(), ttl);
            // TTL-6: the ttl argument applies if the updater does not change the ttl.
            Ttl requested = ttl.requested().isKeep() ? ttlArgument : ttl.requested();
            try {
                transport.execute(store, new Operation.Put(key, next, requested, OptionalLong.of(current.version())));
                return current.value();
            } catch (StorageException refusal) {
                if (refusal.code() != ErrorCode.VERSION_CONFLICT) {
                    throw refusal;
                }
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new StorageException(
                        ErrorCode.UNAVAILABLE,
                        "The patch of '" + key + "' in " + store + " was interrupted; nothing was written.");
            }
            if (budget.nanoTime() - start > budget.limit().toNanos()) {
                throw timeLimitReached(key, rounds);
            }
            budget.pauseAfter(rounds);
        }
    }

    private StorageException timeLimitReached(String key, int rounds) {
        return new StorageException(
                ErrorCode.VERSION_CONFLICT,
                "The patch of '" + key + "' in " + store + " gave up after "
                        + budget.limit().toMillis() + " ms: in each of "
                        + rounds + " rounds another writer was faster. Nothing was written. Let fewer writers share the"
                        + " record, make the updater faster, or raise the client's time limit for patches. (PATCH-3)",
                Map.of("store", store.wireName(), "key", key));
    }
}
