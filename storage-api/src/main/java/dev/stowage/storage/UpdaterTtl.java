package dev.stowage.storage;

import java.time.Duration;
import java.util.Optional;

/** Lets an updater read, change or remove the expiry (TTL-6). Valid for one run of the updater. Default: unchanged. */
public final class UpdaterTtl {

    private final Optional<Duration> remaining;
    private Ttl requested = Ttl.keep();

    /** A ttl that is not changed yet. */
    public UpdaterTtl(Optional<Duration> remaining) {
        this.remaining = remaining;
    }

    /** The time until the record expires, in whole seconds; empty if it does not expire or does not exist. */
    public Optional<Duration> remaining() {
        return remaining;
    }

    /**
     * Lets the record expire after this time, counted from the write.
     *
     * @throws StorageException {@link ErrorCode#INVALID_REQUEST} if it is out of range (TTL-8)
     */
    public void set(Duration ttl) {
        requested = Ttl.of(ttl);
    }

    /** Removes the expiry. */
    public void remove() {
        requested = Ttl.none();
    }

    /** The change that the updater requested; default: {@link Ttl#keep()}. */
    public Ttl requested() {
        return requested;
    }
}
