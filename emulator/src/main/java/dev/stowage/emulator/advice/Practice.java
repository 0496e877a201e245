package dev.stowage.emulator.advice;

import java.util.Arrays;
import java.util.Optional;

/** The practices that the advisor knows. Each has an id, and a bound below which nothing is said. */
public enum Practice {
    REPEATED_READ(
            "repeated-read",
            "Every operation is a network call. Read the record once and keep it in a local variable for the duration of the job."),
    POLL(
            "poll",
            "The record is read again and again to find out whether it has changed. Let the one that changes it call the app, or wait longer"
                    + " between two reads."),
    READ_TOGETHER(
            "read-together",
            "The two records are always read together. Store them as one record, also if only a part of it is a secret: then one"
                    + " operation reads both."),
    GET_THEN_PUT(
            "get-then-put",
            "A write of another client between the get and the put is lost. Use patch with an updater, which reads again then, or increment"
                    + " and the list and set operations, which are atomic."),
    NO_TTL(
            "no-ttl",
            "The record looks temporary, but it stays until it is deleted: if the app dies before that, for ever. Put it with a ttl."),
    CREDENTIAL(
            "credential",
            "The key-value stores are not for credentials. Store them in secrets, or in settings if the user enters them."),
    PLAIN_PASSWORD(
            "plain-password",
            "Plugin data is no place for a password. Let the user log in, and store a token with its issue date."),
    GROWTH(
            "growth",
            "The record grows towards the limit, at which every further write is refused. Split it over several keys, or delete what"
                    + " is old."),
    TYPE_CHANGE(
            "type-change",
            "A reader can't rely on the type of the field. Use an interface or a class for the record, in every get and put."),
    RETRY_AFTER_LOSS(
            "retry-after-loss",
            "A lost response does not mean that nothing was done, so the retry did it twice. Store in the record what was already done, for"
                    + " example an id in a set."),
    STORED_UNCHECKED(
            "stored-unchecked",
            "If the app dies between the two, or a fault prevents the delete, the record stays. Check the value first and store it then."),
    STALE_CACHE(
            "stale-cache",
            "After a reinstall the app has another install, whose stores are empty. Read the value from the storage for each request, or"
                    + " cache it by installId.");

    private final String id;
    private final String advice;

    Practice(String id, String advice) {
        this.id = id;
        this.advice = advice;
    }

    /** The id in the HTTP API and in the list of those that are switched off: {@code get-then-put}. */
    public String id() {
        return id;
    }

    /** What to do instead, and why. */
    public String advice() {
        return advice;
    }

    /** Returns the practice with this id. */
    public static Optional<Practice> of(String id) {
        return Arrays.stream(values())
                .filter(practice -> practice.id.equals(id))
                .findFirst();
    }
}
