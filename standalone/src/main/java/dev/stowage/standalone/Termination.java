package dev.stowage.standalone;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Ends the process with the right exit status. A signal is the normal way to stop the emulator, so the status is 0 then, at any
 * moment after the start. After an error, the status is the error's.
 */
final class Termination {

    /** Something to do before the process ends. */
    interface Action {
        void run() throws Exception;
    }

    private final Deque<Action> actions = new ArrayDeque<>();
    private boolean ended;
    private volatile int status;

    /** Registers the shutdown hook. Called first, so that a signal that arrives later finds it. */
    void install() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "stowage-stop"));
    }

    /** Adds an action. Actions run in the reverse order, also if the start of the emulator fails. If they ran, runs it now. */
    synchronized void atEnd(Action action) {
        if (ended) {
            run(action);
        } else {
            actions.push(action);
        }
    }

    /** Sets the status of the process; 0 if it is not called. */
    void failed(int failure) {
        status = failure;
    }

    /** Ends the process. */
    void exit() {
        Runtime.getRuntime().exit(status);
    }

    private void end() {
        runActions();
        // Not the signal's status.
        Runtime.getRuntime().halt(status);
    }

    private synchronized void runActions() {
        ended = true;
        actions.forEach(Termination::run);
    }

    private static void run(Action action) {
        try {
            action.run();
        } catch (Exception problem) {
            Main.printError(problem);
        }
    }
}
