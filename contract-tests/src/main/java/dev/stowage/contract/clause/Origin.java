package dev.stowage.contract.clause;

/** Where a clause comes from. */
public enum Origin {
    /** The platform documents it. */
    D,
    /** The vendor's own fake shows it and nothing contradicts it. */
    V,
    /** This project decides: a foreign backend may choose otherwise. */
    E
}
