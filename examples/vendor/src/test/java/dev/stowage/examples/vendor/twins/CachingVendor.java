package dev.stowage.examples.vendor.twins;

import dev.stowage.examples.vendor.Credentials;
import dev.stowage.examples.vendor.Vendor;

/** The mistake: the token is kept in a static field, "to save a call", and outlives the install that it belongs to. */
public final class CachingVendor {

    private static String token;

    private final Vendor vendor;

    public CachingVendor(Vendor vendor) {
        this.vendor = vendor;
    }

    /** As in a process that has just started. */
    public static void restart() {
        token = null;
    }

    public String authenticate(Credentials credentials) {
        if (token == null) {
            token = vendor.authenticate(credentials, false);
        }
        return token;
    }
}
