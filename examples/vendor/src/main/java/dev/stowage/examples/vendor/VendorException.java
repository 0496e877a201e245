package dev.stowage.examples.vendor;

import org.jspecify.annotations.Nullable;

/** The vendor returned no token. */
public final class VendorException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    VendorException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
