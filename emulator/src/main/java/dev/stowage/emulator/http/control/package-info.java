/**
 * The control plane under {@code /_emulator}: apps and installs, clocks, faults, the journal, export and import, reset. Open {@link
 * dev.stowage.emulator.http.control.ControlGuard}, which decides who may call it, and {@link
 * dev.stowage.emulator.http.control.InstallRoutes} as an example of its routes.
 */
@NullMarked
package dev.stowage.emulator.http.control;

import org.jspecify.annotations.NullMarked;
