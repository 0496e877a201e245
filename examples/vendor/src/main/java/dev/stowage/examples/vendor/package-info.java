/**
 * The client of an installable app for a vendor's API, which caches the vendor's token in the secrets store. Open {@link
 * dev.stowage.examples.vendor.Vendor}.
 */
@NullMarked
package dev.stowage.examples.vendor;

import org.jspecify.annotations.NullMarked;
