package dev.stowage.contract.call;

/** What a clause needs can't be done here; the message ends the sentence "skipped, because". */
public final class NotCheckableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NotCheckableException(String because) {
        super(because);
    }
}
