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
 * Distinguishes a backend that is gone from one that fails at something. A response that is lost once may be a network fault, so the try is repeated. If the same response is lost twice, the backend is at fault. A backend that loses responses at random cannot be tested.
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

    /** @throws BackendUnavailable if a simple call gets no response, three times in a few seconds */
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
        throw new BackendUnavailable(
                lost.getMessage() + " After that a simple call of exists got no response either: " + last);
    }

    /** A request that got no response before the timeout, although it did when it was repeated; null if there is none. */
    @Nullable
    String unansweredRequest() {
        return neverAnswered.get();
    }

    /** Records that a response was lost, and that the same calls got responses when they were repeated. */
    void recordLostResponse(NoResponseException lost) {
        if (String.valueOf(lost.getMessage()).contains("within")) {
            neverAnswered.compareAndSet(null, lost.getMessage());
        }
        if (lostHereAndThere.incrementAndGet() >= MOST_LOST_HERE_AND_THERE) {
            throw new BackendUnavailable("Responses are lost at random, " + lostHereAndThere.get()
                    + " so far, and not for the same calls; the last: " + lost.getMessage());
        }
    }
}
