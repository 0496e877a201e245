package dev.stowage.storage.client;

import dev.stowage.storage.Hash;
import dev.stowage.storage.StoreName;
import dev.stowage.storage.Ttl;
import dev.stowage.storage.Updater;
import dev.stowage.storage.operation.Transport;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs a patch with an updater (PATCH-3): reads the record, runs the updater, writes if the version is still the same, else
 * starts again. A patch that has lost a round takes its turn in the record's lane. The limit is a time, not a number of rounds, because
 * with n writers the slowest may need n rounds.
 */
final class UpdaterLoop {

    private final Transport transport;
    private final StoreName store;
    private final RetryBudget budget;
    private final @Nullable RecordLanes lanes;

    /** @param lanes null for patches that take no turns */
    UpdaterLoop(Transport transport, StoreName store, RetryBudget budget, @Nullable RecordLanes lanes) {
        this.transport = transport;
        this.store = store;
        this.budget = budget;
        this.lanes = lanes;
    }

    Hash run(String key, Updater updater, Ttl ttlArgument) {
        UpdaterRounds rounds = new UpdaterRounds(transport, store, budget, key, updater, ttlArgument);
        return rounds.next().orElseGet(() -> untilWonInTurn(key, rounds));
    }

    private Hash untilWonInTurn(String key, UpdaterRounds rounds) {
        return lanes == null ? untilWon(rounds) : lanes.inTurn(new RecordOf(store, key), () -> untilWon(rounds));
    }

    private record RecordOf(StoreName store, String key) {}

    private static Hash untilWon(UpdaterRounds rounds) {
        Optional<Hash> before;
        do {
            before = rounds.next();
        } while (before.isEmpty());
        return before.get();
    }
}
