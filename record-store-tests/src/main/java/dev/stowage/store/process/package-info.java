/**
 * Servers and engines in processes of their own, on free ports of the loopback address, which a test kills and pauses:
 * {@link dev.stowage.store.process.Disturbances} draws which.
 */
@NullMarked
package dev.stowage.store.process;

import org.jspecify.annotations.NullMarked;
