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
 * PATCH-3: read, compute, write on condition that nothing changed; again until it wins. Ended by a limit of
 * time, never of tries, because with n writers somebody always needs n of them.
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

    Hash run(String key, Updater updater, Ttl besides) {
        long start = budget.nanoTime();
        for (int rounds = 1; ; rounds++) {
            Snapshot current = TransportStore.snapshot(transport.execute(store, new Operation.Get(key, null)));
            UpdaterTtl ttl = new UpdaterTtl(current.ttl());
            Hash next = updater.update(current.value(), ttl);
            // TTL-6: a ttl given beside the updater applies where the updater left it untouched.
            Ttl wanted = ttl.wanted().isKeep() ? besides : ttl.wanted();
            try {
                transport.execute(store, new Operation.Put(key, next, wanted, OptionalLong.of(current.version())));
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
                throw gaveUp(key, rounds);
            }
            budget.pauseAfter(rounds);
        }
    }

    private StorageException gaveUp(String key, int rounds) {
        return new StorageException(
                ErrorCode.VERSION_CONFLICT,
                "The patch of '" + key + "' in " + store + " gave up after " + budget.limit() + ": in " + rounds
                        + " rounds another writer was faster each time. Nothing was written. Let fewer writers share the"
                        + " record, make the updater faster, or raise the client's time limit for patches. (PATCH-3)",
                Map.of("store", store.wireName(), "key", key));
    }
}
