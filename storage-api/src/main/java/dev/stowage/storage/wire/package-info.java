/**
 * Values and operations in the JSON of the wire protocol. Start with {@link dev.stowage.storage.wire.WireJson}: clients, servers and
 * the size limit use the same encoder.
 */
@NullMarked
package dev.stowage.storage.wire;

import org.jspecify.annotations.NullMarked;
