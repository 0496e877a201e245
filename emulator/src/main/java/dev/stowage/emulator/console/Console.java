package dev.stowage.emulator.console;

/** Responds with pages. The server has checked before that the request comes from a person who may control the emulator. Thread-safe. */
public interface Console {

    /** Responds to a request. */
    ConsoleResponse handle(ConsoleRequest request);

    /** Returns a file that all pages use, such as the stylesheet. It contains nothing of the emulator's state. */
    ConsoleResponse asset(String name);

    /**
     * Returns the page that asks for the admin token.
     *
     * @param wasWrong whether the person has entered one, and it was not accepted
     */
    ConsoleResponse login(boolean wasWrong);
}
