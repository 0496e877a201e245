/**
 * The wire protocol: Javalin's routes in front of the storage service. Open {@link
 * dev.stowage.emulator.http.EmulatorServer}; {@link dev.stowage.emulator.http.StoreRoutes} is the way of an operation.
 */
@NullMarked
package dev.stowage.emulator.http;

import org.jspecify.annotations.NullMarked;
