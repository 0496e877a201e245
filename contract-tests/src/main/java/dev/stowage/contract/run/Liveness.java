package dev.stowage.contract.run;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.NoAnswer;
import dev.stowage.contract.call.NotCheckable;
import dev.stowage.storage.StoreName;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Tells a backend that is gone from one that fails at something. An answer that is lost once may be anybody's fault, so the try is
 * made again; the same answer lost twice is the backend's; and a backend that loses answers here and there can't be judged.
 */
final class Liveness {

    private static final int MOST_LOST_HERE_AND_THERE = 4;
    private static final long MILLISECOND = 1_000_000L;

    private final World world;
    private final AtomicInteger lostHereAndThere = new AtomicInteger();
    private final AtomicReference<@Nullable String> neverAnswered = new AtomicReference<>();

    Liveness(World world) {
        this.world = world;
    }

    /** @throws Unusable if the simplest of all calls gets no answer, three times within seconds */
    void check(NoAnswer lost) {
        String last = String.valueOf(lost.getMessage());
        for (int attempt = 0; attempt < 3; attempt++) {
            try {
                world.client(Who.INSTALL).call(Call.of(StoreName.KV_STORE, "exists", "key", "stowage-contract-alive"));
                return;
            } catch (NoAnswer still) {
                last = String.valueOf(still.getMessage());
                if (last.contains("within")) {
                    break;
                }
                Waiting.until(Waiting.nanoTime() + 300 * MILLISECOND * (attempt + 1));
            } catch (NotCheckable impossible) {
                return;
            }
        }
        throw new Unusable(lost.getMessage() + " After that it did not even answer a simple exists: " + last);
    }

    /** A request that was never answered, though the same was when it was made again; null if there is none. */
    @Nullable
    String neverAnswered() {
        return neverAnswered.get();
    }

    /** An answer was lost, and the same calls were answered when they were made again. */
    void lostOnce(NoAnswer lost) {
        if (String.valueOf(lost.getMessage()).contains("within")) {
            neverAnswered.compareAndSet(null, lost.getMessage());
        }
        if (lostHereAndThere.incrementAndGet() >= MOST_LOST_HERE_AND_THERE) {
            throw new Unusable("Answers get lost here and there, " + lostHereAndThere.get()
                    + " so far, and not for the same calls; the last: " + lost.getMessage());
        }
    }
}
