package dev.stowage.contract.call;

/**
 * There was no response of the protocol: the connection broke, the timeout elapsed, or the response was not one of the protocol. The operation may have been carried out, may not have been, or may still be.
 */
public final class NoResponseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NoResponseException(String message) {
        super(message);
    }
}
