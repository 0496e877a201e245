package dev.stowage.contract.run;

/** What became of a property, or of a clause. */
public enum Verdict {
    HELD("held"),
    BROKEN("broken"),
    /** It doesn't hold, and need not: the backend has chosen otherwise. */
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
