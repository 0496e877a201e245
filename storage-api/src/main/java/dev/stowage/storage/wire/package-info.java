/**
 * Values and operations as the wire protocol writes them. Open {@link dev.stowage.storage.wire.WireJson} for values; both
 * ends of the wire, and the size limit, use the one encoder in it.
 */
@NullMarked
package dev.stowage.storage.wire;

import org.jspecify.annotations.NullMarked;
