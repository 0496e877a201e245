package dev.stowage.contract.run;

import java.util.Set;

/** A clause does not hold. */
public final class Broken extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String clause;
    private final transient Set<String> keys;
    private final transient String picture;

    Broken(String clause, String message, Set<String> keys) {
        this(clause, message, keys, "");
    }

    private Broken(String clause, String message, Set<String> keys, String picture) {
        super(clause + " is broken: " + message);
        this.clause = clause;
        this.keys = keys;
        this.picture = picture;
    }

    /** The same with a picture of it, as HTML. */
    public Broken drawn(String html) {
        String message = String.valueOf(getMessage());
        return new Broken(clause, message.substring(message.indexOf(':') + 2), keys, html);
    }

    public String clause() {
        return clause;
    }

    /** The keys of the records that show it; none for all of them. */
    Set<String> keys() {
        return keys == null ? Set.of() : keys;
    }

    /** A picture as HTML; empty where there is none. */
    public String picture() {
        return picture == null ? "" : picture;
    }
}
