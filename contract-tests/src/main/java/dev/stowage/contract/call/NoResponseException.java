package dev.stowage.contract.call;

/**
 * No answer of the protocol came: the connection broke, the time was over, or what came was something else. The operation may have
 * been carried out, or not, or will be yet.
 */
public final class NoResponseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NoResponseException(String message) {
        super(message);
    }
}
