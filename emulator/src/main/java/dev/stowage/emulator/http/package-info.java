/**
 * The HTTP server: how it listens, and which routes it serves. Open {@link dev.stowage.emulator.http.EmulatorServer}. The routes
 * themselves are in {@code data} (the stores' operations), {@code control} (the control plane) and {@code plugin} (Cloud9's plugin
 * data).
 */
@NullMarked
package dev.stowage.emulator.http;

import org.jspecify.annotations.NullMarked;
