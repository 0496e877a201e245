package dev.stowage.storage;

import java.util.Locale;
import java.util.Optional;

/**
 * Why an operation failed. The set is closed and matches the error codes of the wire protocol. Programs decide by the
 * code, never by the message. A refused operation has changed nothing (ERR-1); after {@link #UNAVAILABLE} it may have been
 * carried out.
 */
public enum ErrorCode {
    /** The request is malformed: not JSON, an unknown member, a ttl or count out of range. */
    INVALID_REQUEST,
    /** The key is not valid in this store (KEY-1, KEY-2). */
    INVALID_KEY,
    /** The value can't be stored: not a hash, a set in a base store, NaN, too many levels (VAL-1 to VAL-9). */
    INVALID_VALUE,
    /** The type of the field does not fit the operation (INC-3, LIST-6, SET-5). */
    WRONG_TYPE,
    /** The record would be larger than the limit (VAL-8). */
    RECORD_TOO_LARGE,
    /** The API key is missing or unknown (INST-6). */
    UNAUTHENTICATED,
    /** The API key belongs to an install that was uninstalled or reinstalled (INST-4, INST-5). */
    INSTALL_REVOKED,
    /** The API key is an app's, and the store requires an install's (INST-3). */
    NO_INSTALL_CONTEXT,
    /** The store, operation, route or install does not exist. */
    NOT_FOUND,
    /** The expected version of a conditional write is not the current one (LIN-2). */
    VERSION_CONFLICT,
    /** Too many requests; retry later. */
    THROTTLED,
    /** The service can't be reached, or its response was lost. In the second case the operation may have been carried out. */
    UNAVAILABLE,
    /** A defect in the service, or a response of an unexpected type. */
    INTERNAL;

    /** The code in the wire protocol: {@code invalid_request}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The code with this wire name; empty if this version does not know it. */
    public static Optional<ErrorCode> of(String wireName) {
        for (ErrorCode code : values()) {
            if (code.wireName().equals(wireName)) {
                return Optional.of(code);
            }
        }
        return Optional.empty();
    }
}
