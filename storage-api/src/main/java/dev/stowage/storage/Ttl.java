package dev.stowage.storage;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a write does with a record's expiry: {@link #keep()} what is there, {@link #none()} for a record that lives until
 * it is deleted, or {@link #of(Duration)} to (re)start it (TTL-4 to TTL-6).
 */
public final class Ttl {

    /** TTL-8, in seconds: ten years. */
    public static final long MAX_SECONDS = 315_360_000;

    private static final Ttl KEEP = new Ttl(Kind.KEEP, null);
    private static final Ttl NONE = new Ttl(Kind.NONE, null);

    private enum Kind {
        KEEP,
        NONE,
        SET
    }

    private final Kind kind;
    private final @Nullable Duration duration;

    private Ttl(Kind kind, @Nullable Duration duration) {
        this.kind = kind;
        this.duration = duration;
    }

    /** Leaves the expiry as it is. */
    public static Ttl keep() {
        return KEEP;
    }

    /** Removes the expiry. */
    public static Ttl none() {
        return NONE;
    }

    /**
     * Expires the record that long after the operation.
     *
     * @throws StorageException {@link ErrorCode#INVALID_REQUEST} unless it is a whole number of seconds from 1 to
     *     {@link #MAX_SECONDS} (TTL-8)
     */
    public static Ttl of(Duration duration) {
        if (duration.getNano() != 0 || duration.getSeconds() < 1 || duration.getSeconds() > MAX_SECONDS) {
            throw new StorageException(
                    ErrorCode.INVALID_REQUEST,
                    "A ttl of " + duration + " was asked for; it must be a whole number of seconds from 1 to "
                            + MAX_SECONDS + ". (TTL-8)");
        }
        return new Ttl(Kind.SET, duration);
    }

    public boolean isKeep() {
        return kind == Kind.KEEP;
    }

    public boolean isNone() {
        return kind == Kind.NONE;
    }

    /** The time to live, if this sets one. */
    public Optional<Duration> duration() {
        return Optional.ofNullable(duration);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Ttl ttl && kind == ttl.kind && Objects.equals(duration, ttl.duration);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, duration);
    }

    @Override
    public String toString() {
        return kind == Kind.SET ? String.valueOf(duration) : kind.name().toLowerCase(Locale.ROOT);
    }
}
