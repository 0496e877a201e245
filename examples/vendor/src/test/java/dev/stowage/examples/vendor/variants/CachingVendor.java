package dev.stowage.examples.vendor.variants;

import dev.stowage.examples.vendor.Credentials;
import dev.stowage.examples.vendor.Vendor;

/** The mistake: the token is cached in a static field, so it outlives the install that it belongs to. */
public final class CachingVendor {

    private static String token;

    private final Vendor vendor;

    public CachingVendor(Vendor vendor) {
        this.vendor = vendor;
    }

    /** Clears the cache, as the start of a new process does. */
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
