package dev.stowage.contract.run;

/** The verdict on a property or a clause. */
public enum Verdict {
    HELD("held", "every try passed"),
    BROKEN("broken", "a try failed"),
    /** It does not hold, but is not binding: the backend may choose otherwise. */
    ADVISORY("advisory", "it does not hold, but the backend may choose otherwise"),
    NOT_CHECKABLE("not checkable", "it could not be tested, for the given reason");

    private final String words;
    private final String description;

    Verdict(String words, String description) {
        this.words = words;
        this.description = description;
    }

    /** What the verdict means. */
    public String description() {
        return description;
    }

    @Override
    public String toString() {
        return words;
    }
}
