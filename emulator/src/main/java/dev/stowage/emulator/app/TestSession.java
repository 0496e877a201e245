package dev.stowage.emulator.app;

/** What a test in another process does with its app over several requests. */
public interface TestSession {

    long sessionId();

    String appId();

    /** Ends it. What waits for it is refused. */
    void close();
}
