/**
 * The stores of the API on top of any {@link dev.stowage.storage.operation.Transport}: retries of updaters, and conversion to types of
 * your own. Start with {@link dev.stowage.storage.client.TransportStorage}.
 */
@NullMarked
package dev.stowage.storage.client;

import org.jspecify.annotations.NullMarked;
