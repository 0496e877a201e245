package dev.stowage.contract.model;

/** What the call does here is left to the backend, so the model has nothing to say about it. */
public final class UnspecifiedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnspecifiedException(String clause) {
        super(clause);
    }
}
