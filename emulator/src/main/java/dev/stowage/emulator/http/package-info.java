/**
 * The HTTP server of the emulator. Open {@link dev.stowage.emulator.http.EmulatorServer}, which starts it and lists the routes. The
 * routes are in {@code data} (the operations on the stores), {@code control} (the control plane) and {@code plugin} (Cloud9's
 * plugin data).
 */
@NullMarked
package dev.stowage.emulator.http;

import org.jspecify.annotations.NullMarked;
