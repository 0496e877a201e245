package dev.stowage.contract.run;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.NoResponseException;
import dev.stowage.contract.call.NotCheckableException;
import dev.stowage.contract.property.Fixture;
import dev.stowage.contract.property.Principal;
import dev.stowage.contract.property.WallClock;
import dev.stowage.storage.StoreName;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Tells a backend that is gone from one that fails at something. An answer that is lost once may be anybody's fault, so the try is
 * made again; the same answer lost twice is the backend's; and a backend that loses answers here and there can't be judged.
 */
final class BackendHealth {

    private static final int MOST_LOST_HERE_AND_THERE = 4;
    private static final long MILLISECOND = 1_000_000L;

    private final Fixture fixture;
    private final AtomicInteger lostHereAndThere = new AtomicInteger();
    private final AtomicReference<@Nullable String> neverAnswered = new AtomicReference<>();

    BackendHealth(Fixture fixture) {
        this.fixture = fixture;
    }

    /** @throws BackendUnavailable if the simplest of all calls gets no answer, three times within seconds */
    void verifyAlive(NoResponseException lost) {
        String last = String.valueOf(lost.getMessage());
        for (int attempt = 0; attempt < 3; attempt++) {
            try {
                fixture.client(Principal.INSTALL)
                        .call(Call.of(StoreName.KV_STORE, "exists", "key", "stowage-contract-alive"));
                return;
            } catch (NoResponseException still) {
                last = String.valueOf(still.getMessage());
                if (last.contains("within")) {
                    break;
                }
                WallClock.sleepUntil(WallClock.nanoTime() + 300 * MILLISECOND * (attempt + 1));
            } catch (NotCheckableException impossible) {
                return;
            }
        }
        throw new BackendUnavailable(lost.getMessage() + " After that it did not even answer a simple exists: " + last);
    }

    /** A request that was never answered, though the same was when it was made again; null if there is none. */
    @Nullable
    String unansweredRequest() {
        return neverAnswered.get();
    }

    /** An answer was lost, and the same calls were answered when they were made again. */
    void recordLostResponse(NoResponseException lost) {
        if (String.valueOf(lost.getMessage()).contains("within")) {
            neverAnswered.compareAndSet(null, lost.getMessage());
        }
        if (lostHereAndThere.incrementAndGet() >= MOST_LOST_HERE_AND_THERE) {
            throw new BackendUnavailable("Answers get lost here and there, " + lostHereAndThere.get()
                    + " so far, and not for the same calls; the last: " + lost.getMessage());
        }
    }
}
