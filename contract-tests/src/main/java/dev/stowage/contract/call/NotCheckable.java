package dev.stowage.contract.call;

/** What a clause needs can't be done here; the message ends the sentence "skipped, because". */
public final class NotCheckable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NotCheckable(String because) {
        super(because);
    }
}
