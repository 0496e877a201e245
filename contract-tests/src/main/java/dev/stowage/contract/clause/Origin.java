package dev.stowage.contract.clause;

/** Where a clause comes from. */
public enum Origin {
    /** The platform documents it. */
    D("documented by the platform"),
    /** The local fake of the platform's SDK shows it, and no document contradicts it. */
    V("shown by the local fake of the platform's SDK"),
    /** This project decides: a foreign backend may choose otherwise. */
    E("decided by this project; binding only with --strict, chapter 12 only with --restart");

    private final String description;

    Origin(String description) {
        this.description = description;
    }

    /** The origin in words. */
    public String description() {
        return description;
    }
}
