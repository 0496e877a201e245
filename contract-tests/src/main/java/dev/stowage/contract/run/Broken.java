package dev.stowage.contract.run;

import java.util.Set;

/** A clause does not hold. */
public final class Broken extends RuntimeException {

    private static final long serialVersionUID = 1L;

    static final int NO_CALL = -1;

    private final String clause;
    private final transient Set<String> keys;
    private final transient String picture;
    private final int at;

    /** @param at the number of the call whose answer shows it; {@link #NO_CALL} where it is not one alone */
    Broken(String clause, String message, Set<String> keys, int at) {
        this(clause, message, keys, at, "");
    }

    private Broken(String clause, String message, Set<String> keys, int at, String picture) {
        super(clause + " is broken: " + message);
        this.clause = clause;
        this.keys = keys;
        this.at = at;
        this.picture = picture;
    }

    /** The same with a picture of it, as HTML. */
    public Broken drawn(String html) {
        String message = String.valueOf(getMessage());
        return new Broken(clause, message.substring(message.indexOf(':') + 2), keys, at, html);
    }

    public String clause() {
        return clause;
    }

    /** The keys of the records that show it; none for all of them. */
    Set<String> keys() {
        return keys == null ? Set.of() : keys;
    }

    int at() {
        return at;
    }

    /** A picture as HTML; empty where there is none. */
    public String picture() {
        return picture == null ? "" : picture;
    }
}
