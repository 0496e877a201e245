package dev.stowage.emulator.http.exchange;

import dev.stowage.emulator.advice.Advisors;
import dev.stowage.emulator.app.AppUnderTest;
import dev.stowage.emulator.interleaving.Explorations;
import dev.stowage.emulator.stale.StaleWatches;
import dev.stowage.emulator.sweep.Sweeps;
import java.util.function.Function;

/**
 * What tests in other processes do with their apps over several requests.
 *
 * @param apps returns the app with an id; creates it if it does not exist
 */
public record TestSessions(
        Function<String, AppUnderTest> apps,
        Explorations explorations,
        Sweeps sweeps,
        StaleWatches staleWatches,
        Advisors advisors) {

    /** An app was reset. */
    public void close(String appId) {
        explorations.close(appId);
        sweeps.close(appId);
        staleWatches.close(appId);
        advisors.close(appId);
    }

    /** Everything was reset. */
    public void closeAll() {
        explorations.closeAll();
        sweeps.closeAll();
        staleWatches.closeAll();
        advisors.closeAll();
    }
}
