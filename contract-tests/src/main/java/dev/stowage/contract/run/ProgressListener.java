package dev.stowage.contract.run;

/** Who wants to know how far a run is. Called by several threads, one at a time. */
public interface ProgressListener {

    /** Nobody. */
    ProgressListener SILENT = new ProgressListener() {};

    /** So many tries are to be made; it can become more, or less. */
    default void planned(long tries) {}

    default void tried(String property) {}

    default void found(Finding finding) {}
}
