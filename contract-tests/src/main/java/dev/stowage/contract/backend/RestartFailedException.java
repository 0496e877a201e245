package dev.stowage.contract.backend;

/** The backend could not be restarted, so the run cannot go on. The message is a sentence for the user. */
public final class RestartFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RestartFailedException(String message) {
        super(message);
    }
}
