/**
 * The storage API as every client has it: the stores over one {@link dev.stowage.storage.operation.Transport}, updaters that
 * are retried until they win, and the user's own types. Open {@link dev.stowage.storage.client.TransportStorage}.
 */
@NullMarked
package dev.stowage.storage.client;

import org.jspecify.annotations.NullMarked;
