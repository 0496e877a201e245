/**
 * The 27 operations as values, and the interface that executes them. Start with {@link dev.stowage.storage.operation.Operation} and {@link
 * dev.stowage.storage.operation.Transport}.
 */
@NullMarked
package dev.stowage.storage.operation;

import org.jspecify.annotations.NullMarked;
