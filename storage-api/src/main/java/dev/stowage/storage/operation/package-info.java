/**
 * The 27 operations as values, and the one seam through which they reach a storage service: open {@link
 * dev.stowage.storage.operation.Operation} and {@link dev.stowage.storage.operation.Transport}. Whoever has a transport
 * has a {@link dev.stowage.storage.Storage}: {@link dev.stowage.storage.operation.TransportStorage}.
 */
@NullMarked
package dev.stowage.storage.operation;

import org.jspecify.annotations.NullMarked;
