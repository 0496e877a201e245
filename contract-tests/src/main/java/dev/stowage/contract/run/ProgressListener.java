package dev.stowage.contract.run;

/** Receives the progress of a run. Called by several threads, one at a time. */
public interface ProgressListener {

    /** Ignores progress. */
    ProgressListener SILENT = new ProgressListener() {};

    /** The number of tries that are planned; it can grow or shrink during the run. */
    default void planned(long tries) {}

    default void tried(String property) {}

    default void found(Finding finding) {}
}
