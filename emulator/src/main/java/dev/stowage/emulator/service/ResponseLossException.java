package dev.stowage.emulator.service;

import dev.stowage.storage.operation.Operation;

/**
 * A request or response that is lost or malformed because of a fault. Over HTTP, the server breaks the connection or sends a
 * malformed body. In process, the caller gets the exception that an HTTP client would throw.
 */
public final class ResponseLossException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What is lost. */
    public enum Kind {
        /** The connection ends before the operation was carried out. */
        REQUEST_LOST("the connection broke before the request arrived. Nothing was done"),
        /** The connection ends after the operation was carried out. */
        RESPONSE_LOST("the connection broke before the response arrived. It may have been carried out"),
        /** The response has status 200 and is not JSON; the operation was carried out. */
        MALFORMED("the response was malformed. It may have been carried out");

        private final String callerKnowledge;

        Kind(String callerKnowledge) {
            this.callerKnowledge = callerKnowledge;
        }

        /** Whether the operation was carried out. */
        boolean wasCarriedOut() {
            return this != REQUEST_LOST;
        }
    }

    private final Kind kind;

    ResponseLossException(Kind kind, Operation operation) {
        super(operation.name() + " of '" + operation.key() + "': " + kind.callerKnowledge + ".");
        this.kind = kind;
    }

    ResponseLossException(Kind kind, Operation operation, Throwable cause) {
        this(kind, operation);
        initCause(cause);
    }

    public Kind kind() {
        return kind;
    }
}
