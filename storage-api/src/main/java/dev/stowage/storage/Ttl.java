package dev.stowage.storage;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a write does to a record's expiry (TTL-4 to TTL-6): {@link #keep()} it, remove it with {@link #none()}, or start it
 * anew with {@link #of(Duration)}.
 */
public final class Ttl {

    /** The longest time to live, in seconds: ten years (TTL-8). */
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

    /** Leaves the expiry unchanged. */
    public static Ttl keep() {
        return KEEP;
    }

    /** Removes the expiry: the record is kept until it is deleted. */
    public static Ttl none() {
        return NONE;
    }

    /**
     * Lets the record expire after this time, counted from the operation.
     *
     * @throws StorageException {@link ErrorCode#INVALID_REQUEST} if it is not a whole number of seconds from 1 to
     *     {@link #MAX_SECONDS} (TTL-8)
     */
    public static Ttl of(Duration duration) {
        if (duration.getNano() != 0 || duration.getSeconds() < 1 || duration.getSeconds() > MAX_SECONDS) {
            throw new StorageException(
                    ErrorCode.INVALID_REQUEST,
                    "The ttl is " + duration + "; it must be a whole number of seconds from 1 to " + MAX_SECONDS
                            + ". (TTL-8)");
        }
        return new Ttl(Kind.SET, duration);
    }

    /** True if this leaves the expiry unchanged. */
    public boolean isKeep() {
        return kind == Kind.KEEP;
    }

    /** True if this removes the expiry. */
    public boolean isNone() {
        return kind == Kind.NONE;
    }

    /** The time to live; empty if this keeps or removes the expiry. */
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
