/**
 * Sends the warnings and errors of the HTTP server's libraries to the JDK's {@link System.Logger}, and drops the rest. Open {@link
 * dev.stowage.emulator.http.log.ServerLogProvider}; the reasons are in docs/decisions/logging.md.
 */
@NullMarked
package dev.stowage.emulator.http.log;

import org.jspecify.annotations.NullMarked;
