package dev.stowage.contract.clause;

/** Where a clause comes from. */
public enum Origin {
    /** The platform documents it. */
    D,
    /** The local fake of the platform's SDK shows it, and no document contradicts it. */
    V,
    /** This project decides: a foreign backend may choose otherwise. */
    E
}
