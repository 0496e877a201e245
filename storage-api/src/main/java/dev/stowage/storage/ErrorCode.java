package dev.stowage.storage;

import java.util.Locale;
import java.util.Optional;

/**
 * Why an operation was refused. The set is closed: it mirrors the codes of the wire protocol, and a program acts on the
 * code, never on the message. A refused operation has changed nothing (ERR-1).
 */
public enum ErrorCode {
    /** The request itself is wrong: no JSON, an unknown member, a ttl or count out of range. */
    INVALID_REQUEST,
    /** The key breaks the store's rule (KEY-1, KEY-2). */
    INVALID_KEY,
    /** The value can't be stored: no hash, a set in a base store, NaN, too many levels (VAL-1 to VAL-9). */
    INVALID_VALUE,
    /** The field holds another type than the operation works on (INC-3, LIST-6, SET-5). */
    WRONG_TYPE,
    /** The record would be larger than the limit (VAL-8). */
    RECORD_TOO_LARGE,
    /** No key, or one that nobody was given (INST-6). */
    UNAUTHENTICATED,
    /** The key of an install that was uninstalled or reinstalled (INST-4, INST-5). */
    INSTALL_REVOKED,
    /** An app's key where an install's is needed (INST-3). */
    NO_INSTALL_CONTEXT,
    /** No such store, operation, route or install. */
    NOT_FOUND,
    /** The version that a write named is not the current one (LIN-2). */
    VERSION_CONFLICT,
    /** Too many requests: come back later. */
    THROTTLED,
    /** The service can't be reached or can't answer now; an answer that got lost may have been carried out. */
    UNAVAILABLE,
    /** A bug in the service. */
    INTERNAL;

    /** The code as it travels: {@code invalid_request}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The code of that wire name, or nothing for a name this version doesn't know. */
    public static Optional<ErrorCode> of(String wireName) {
        for (ErrorCode code : values()) {
            if (code.wireName().equals(wireName)) {
                return Optional.of(code);
            }
        }
        return Optional.empty();
    }
}
