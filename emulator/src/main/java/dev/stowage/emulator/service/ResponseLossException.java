package dev.stowage.emulator.service;

import dev.stowage.storage.operation.Operation;

/**
 * An answer that does not arrive as one: each door breaks it in its own way, HTTP by the connection, a direct caller by the
 * exception that a client would make of it.
 */
public final class ResponseLossException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** How it breaks. */
    public enum Kind {
        /** The connection ends; nothing was done. */
        REQUEST_LOST("the connection broke before the request was there. Nothing was done"),
        /** The connection ends; the operation was done. */
        RESPONSE_LOST("the connection broke before the answer was there. It may have been carried out"),
        /** An answer with the status 200 that is no JSON; the operation was done. */
        MALFORMED("the answer was no answer of this protocol. It may have been carried out");

        private final String whatACallerKnows;

        Kind(String whatACallerKnows) {
            this.whatACallerKnows = whatACallerKnows;
        }

        /** True where the operation was carried out, though nobody learns of it. */
        boolean wasDone() {
            return this != REQUEST_LOST;
        }
    }

    private final Kind kind;

    ResponseLossException(Kind kind, Operation operation) {
        super(operation.name() + " of '" + operation.key() + "': " + kind.whatACallerKnows + ".");
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
