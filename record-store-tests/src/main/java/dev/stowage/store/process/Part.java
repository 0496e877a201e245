package dev.stowage.store.process;

/** A part of a service that can be disturbed. */
public interface Part {

    /** Its name, for people. */
    String name();

    /** Kills it without a warning; returns when it is gone. */
    void kill();

    /** Starts it again after a kill, with the state that it left, on the same port. */
    void restart();

    /** Stops its processes where they are. */
    void pause();

    /** Lets them go on. */
    void resume();

    /** Returns when it serves. */
    void awaitReady();
}
