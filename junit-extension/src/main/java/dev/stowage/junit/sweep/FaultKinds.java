package dev.stowage.junit.sweep;

import dev.stowage.emulator.fault.Fault;
import dev.stowage.emulator.fault.Fault.Kind;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Ttl;
import dev.stowage.storage.operation.Operation;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** What a sweep knows of the kinds of fault. */
public final class FaultKinds {

    private FaultKinds() {}

    /**
     * What a sweep does unless told: everything that a platform which keeps the contract can do to an app. A stale read it
     * can't do (LIN-1), and a delay proves nothing but that time goes by.
     */
    public static Set<Kind> defaults() {
        return EnumSet.complementOf(EnumSet.of(Kind.STALE_READ, Kind.DELAY));
    }

    static Fault of(Kind kind, Duration delay) {
        return switch (kind) {
            case CONFLICT -> new Fault.Conflict();
            case UNAVAILABLE -> new Fault.Unavailable();
            case THROTTLED -> new Fault.Throttled();
            case DELAY -> new Fault.Delay(delay);
            case LOST_REQUEST -> new Fault.LostRequest();
            case LOST_RESPONSE -> new Fault.LostResponse();
            case STALE_READ -> new Fault.StaleRead();
            case MALFORMED_RESPONSE -> new Fault.MalformedResponse();
            case EXPIRE -> new Fault.Expire();
            case REINSTALL -> new Fault.Reinstall();
            case RACE -> throw new IllegalArgumentException("a race needs a write: see raceWith");
        };
    }

    /** Another client does the very same just before: as if a second instance of the app were at the same place. */
    static Fault raceWith(Operation operation) {
        if (operation instanceof Operation.Put put) {
            return new Fault.Race(new Fault.Race.Write(false, put.value(), Ttl.none()));
        }
        if (operation instanceof Operation.Patch patch) {
            return new Fault.Race(new Fault.Race.Write(true, patch.value(), Ttl.keep()));
        }
        throw new IllegalArgumentException("a race with " + operation.name() + " is none");
    }

    /** What the caller is told, where it is told anything. */
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

    /** What happened, for a person who has never heard of the kind, and what it means for an app. */
    public static String explain(Kind kind) {
        String andThen =
                " What the app had done before stays done; what it meant to do next, undoing included, may never happen.";
        String twice =
                ", which can as well mean that nothing was done. Whoever repeats it may do it twice: make that harmless, by"
                        + " remembering in the same record what was done, say.";
        return switch (kind) {
            case CONFLICT ->
                "the storage refused the write because of a version conflict, and did nothing. Whoever meets that reads"
                        + " again and decides anew." + andThen;
            case RACE ->
                "another instance of the app made the very same write just before. A put that was computed from an older"
                        + " read replaces what the other wrote; patch with an updater reads again, and increment adds to it.";
            case UNAVAILABLE -> "the storage answered that it was unavailable, and did nothing." + andThen;
            case THROTTLED -> "the storage answered that there were too many requests, and did nothing." + andThen;
            case DELAY -> "the operation took longer.";
            case LOST_REQUEST -> "the connection broke before the request arrived, and nothing was done." + andThen;
            case LOST_RESPONSE ->
                "the operation WAS carried out; then the connection broke, and the app was told 'unavailable'" + twice;
            case MALFORMED_RESPONSE ->
                "the operation WAS carried out, but its answer could not be read, and the app was told 'unavailable'"
                        + twice;
            case STALE_READ -> "the read answered what was true one version ago.";
            case EXPIRE -> "the record's ttl had just run out: it was gone.";
            case REINSTALL ->
                "the app was reinstalled just before: another install, with empty secrets, settings and kvStore. What the"
                        + " app still knows of the old one is worth nothing.";
        };
    }
}
