package dev.stowage.contract.run;

/** The verdict on a property or a clause. */
public enum Verdict {
    HELD("held"),
    BROKEN("broken"),
    /** It does not hold, but is not binding: the backend may choose otherwise. */
    ADVISORY("advisory"),
    NOT_CHECKABLE("not checkable");

    private final String words;

    Verdict(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
