package dev.stowage.contract.model;

/** The contract leaves the effect of the call to the backend, so the model does not define it. */
public final class UnspecifiedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnspecifiedException(String clause) {
        super(clause);
    }
}
