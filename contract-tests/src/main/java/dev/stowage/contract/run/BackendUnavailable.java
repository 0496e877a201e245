package dev.stowage.contract.run;

/** The backend cannot be tested, or not any further: it does not respond, or not with the protocol. */
final class BackendUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BackendUnavailable(String message) {
        super(message);
    }
}
