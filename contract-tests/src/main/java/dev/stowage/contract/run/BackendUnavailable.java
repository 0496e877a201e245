package dev.stowage.contract.run;

/** The backend can't be tested (any further): it does not answer, or what it answers is not the protocol. */
final class BackendUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BackendUnavailable(String message) {
        super(message);
    }
}
