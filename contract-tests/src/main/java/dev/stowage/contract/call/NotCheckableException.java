package dev.stowage.contract.call;

/** The backend lacks something that a clause needs. The message completes the sentence "skipped, because …". */
public final class NotCheckableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NotCheckableException(String because) {
        super(because);
    }
}
