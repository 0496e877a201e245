package dev.stowage.emulator.sweep;

import dev.stowage.emulator.fault.Fault;
import dev.stowage.emulator.fault.Fault.Kind;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Ttl;
import dev.stowage.storage.operation.Operation;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** Describes the kinds of fault for a sweep. */
public final class FaultKinds {

    private FaultKinds() {}

    /**
     * The default kinds of a sweep: all that a platform that follows the contract can cause. A stale read is excluded because it
     * would break the contract (LIN-1), and a delay because it changes no outcome.
     */
    public static Set<Kind> defaults() {
        return EnumSet.complementOf(EnumSet.of(Kind.STALE_READ, Kind.DELAY));
    }

    static Fault of(Kind kind, Duration delay) {
        return Fault.of(kind, () -> delay, () -> {
            throw new IllegalArgumentException("a race needs an operation: see raceWith");
        });
    }

    /** Another client makes the same write just before: a second instance of the app that does the same at the same time. */
    static Fault raceWith(Operation operation) {
        if (operation instanceof Operation.Put put) {
            return new Fault.Race(new Fault.Race.Write(false, put.value(), Ttl.none()));
        }
        if (operation instanceof Operation.Patch patch) {
            return new Fault.Race(new Fault.Race.Write(true, patch.value(), Ttl.keep()));
        }
        throw new IllegalArgumentException("no race is possible with " + operation.name());
    }

    /** The error codes that the app may receive; empty if the operation succeeds. */
    public static Set<ErrorCode> codesOf(Kind kind) {
        return switch (kind) {
            case CONFLICT -> EnumSet.of(ErrorCode.VERSION_CONFLICT);
            case RACE -> EnumSet.of(ErrorCode.VERSION_CONFLICT);
            case UNAVAILABLE, LOST_REQUEST, LOST_RESPONSE -> EnumSet.of(ErrorCode.UNAVAILABLE);
            case MALFORMED_RESPONSE -> EnumSet.of(ErrorCode.UNAVAILABLE, ErrorCode.INTERNAL);
            case THROTTLED -> EnumSet.of(ErrorCode.THROTTLED);
            case REINSTALL -> EnumSet.of(ErrorCode.INSTALL_REVOKED);
            case DELAY, STALE_READ, EXPIRE -> EnumSet.noneOf(ErrorCode.class);
        };
    }

    /** Explains what happened and what it means for the app, for readers who do not know the kind. */
    public static String explain(Kind kind) {
        String andThen =
                " Earlier operations remain in effect; later ones, including those that undo earlier ones, may never happen.";
        String twice =
                ", which does not say whether it was done. A retry may do it twice. Make retries harmless: for example, store in"
                        + " the same record what was already done.";
        return switch (kind) {
            case CONFLICT ->
                "the storage refused the write with a version conflict, and did nothing. Read the record again and retry."
                        + andThen;
            case RACE ->
                "another instance of the app made the same write just before. A put that was computed from an older read"
                        + " overwrites that write; patch with an updater reads again, and increment adds to it.";
            case UNAVAILABLE -> "the storage returned the error 'unavailable', and did nothing." + andThen;
            case THROTTLED ->
                "the storage returned the error 'throttled' (too many requests), and did nothing." + andThen;
            case DELAY -> "the operation took longer than usual.";
            case LOST_REQUEST -> "the connection broke before the request arrived, so nothing was done." + andThen;
            case LOST_RESPONSE ->
                "the operation WAS done; then the connection broke, and the app received 'unavailable'" + twice;
            case MALFORMED_RESPONSE ->
                "the operation WAS done, but the response could not be parsed, and the app received 'unavailable'"
                        + twice;
            case STALE_READ -> "the read returned the previous version of the record.";
            case EXPIRE -> "the record had just expired (its ttl had run out).";
            case REINSTALL ->
                "the app was reinstalled just before, so it has another install with empty secrets, settings and kvStore."
                        + " Values that it cached from the old install are no longer valid.";
        };
    }
}
