/**
 * An installable app's client for a vendor's API, which keeps the vendor's token in the secrets store. Open {@link
 * dev.stowage.examples.vendor.Vendor}.
 */
@NullMarked
package dev.stowage.examples.vendor;

import org.jspecify.annotations.NullMarked;
