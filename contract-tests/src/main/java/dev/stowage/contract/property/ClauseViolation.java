package dev.stowage.contract.property;

import java.util.Set;

/** Thrown by a property if a clause does not hold. */
public final class ClauseViolation extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public static final int NO_CALL = -1;

    private final String clause;
    private final transient Set<String> keys;
    private final transient String drawingHtml;
    private final int callNumber;

    /** @param at the number of the call whose response shows it; {@link #NO_CALL} if no single one does */
    ClauseViolation(String clause, String message, Set<String> keys, int at) {
        this(clause, message, keys, at, "");
    }

    private ClauseViolation(String clause, String message, Set<String> keys, int at, String picture) {
        super(clause + " is broken: " + message);
        this.clause = clause;
        this.keys = keys;
        this.callNumber = at;
        this.drawingHtml = picture;
    }

    /** The same violation with a drawing, as HTML. */
    public ClauseViolation withDrawing(String html) {
        String message = String.valueOf(getMessage());
        return new ClauseViolation(clause, message.substring(message.indexOf(':') + 2), keys, callNumber, html);
    }

    public String clause() {
        return clause;
    }

    /** The keys of the records that show it; empty for all records. */
    Set<String> keys() {
        return keys == null ? Set.of() : keys;
    }

    int callNumber() {
        return callNumber;
    }

    /** A drawing as HTML; empty if there is none. */
    public String drawingHtml() {
        return drawingHtml == null ? "" : drawingHtml;
    }
}
