package dev.stowage.emulator.gate;

import dev.stowage.emulator.call.Call;
import dev.stowage.emulator.call.CallMatch;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Every operation passes here before anything else happens to it: before faults, before the clock is read. A test may
 * {@link #hold} those that match, see who waits, and let them go one by one in the order it chooses: that is how races are
 * made instead of hoped for. Safe for many threads at once.
 */
public final class Gate {

    private static final Pass FREE = () -> {};

    /** An operation that is through; closed when it is done. */
    @FunctionalInterface
    public interface Pass extends AutoCloseable {
        @Override
        void close();
    }

    private final List<Hold> holds;
    private final Optional<String> appId;

    private Gate(List<Hold> holds, Optional<String> appId) {
        this.holds = holds;
        this.appId = appId;
    }

    public Gate() {
        this(new CopyOnWriteArrayList<>(), Optional.empty());
    }

    /** The same gate, as one app's tests see it: they hold that app's operations alone. */
    public Gate scopedTo(String id) {
        return new Gate(holds, Optional.of(id));
    }

    /**
     * Holds every operation that matches, from now until the hold is closed. Where several holds match, the first does.
     *
     * @param deadline how long an operation waits at most; then it is refused as {@code unavailable}, and the refusal names
     *     everybody who waits
     */
    public Hold hold(CallMatch match, Duration deadline) {
        Hold hold = new Hold(appId.map(match::app).orElse(match), deadline, holds::remove);
        holds.add(hold);
        return hold;
    }

    /** Lets the operation pass, at once or when somebody lets it go. */
    public Pass enter(Call call) {
        for (Hold hold : holds) {
            if (hold.matches(call)) {
                return hold.await(call);
            }
        }
        return FREE;
    }

    /** Opens every hold, of this app where it is one app's gate, so that nobody waits any more. */
    public void open() {
        holds.stream().filter(hold -> appId.isEmpty() || hold.isOf(appId.get())).forEach(Hold::close);
    }
}
