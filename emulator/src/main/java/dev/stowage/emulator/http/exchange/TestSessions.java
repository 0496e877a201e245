package dev.stowage.emulator.http.exchange;

import dev.stowage.emulator.advice.Advisors;
import dev.stowage.emulator.app.AppUnderTest;
import dev.stowage.emulator.app.SessionsByApp;
import dev.stowage.emulator.interleaving.ExplorationSession;
import dev.stowage.emulator.stale.StaleWatches;
import dev.stowage.emulator.sweep.SweepSession;
import java.util.function.Function;

/**
 * What tests in other processes do with their apps over several requests.
 *
 * @param apps returns the app with an id; creates it if it does not exist
 */
public record TestSessions(
        Function<String, AppUnderTest> apps,
        SessionsByApp<ExplorationSession> explorations,
        SessionsByApp<SweepSession> sweeps,
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
