package dev.stowage.storage;

import java.time.Duration;
import java.util.Optional;

/** The expiry in an updater's hands (TTL-6): untouched it stays as it is. For the one run it was made for. */
public final class UpdaterTtl {

    private final Optional<Duration> remaining;
    private Ttl wanted = Ttl.keep();

    public UpdaterTtl(Optional<Duration> remaining) {
        this.remaining = remaining;
    }

    /** What is left, in whole seconds; empty where the record doesn't expire or doesn't exist. */
    public Optional<Duration> remaining() {
        return remaining;
    }

    /** Restarts the expiry. */
    public void set(Duration ttl) {
        wanted = Ttl.of(ttl);
    }

    /** Removes the expiry. */
    public void remove() {
        wanted = Ttl.none();
    }

    /** What the updater asked for; {@link Ttl#keep()} if it left the expiry alone. */
    public Ttl wanted() {
        return wanted;
    }
}
