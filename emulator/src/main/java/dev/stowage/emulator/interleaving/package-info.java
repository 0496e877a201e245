/**
 * Runs several actors in every order of their storage operations that can make a difference, whatever the actors are: threads,
 * or clients over HTTP. Open {@link dev.stowage.emulator.interleaving.Orders}, which has the orders of a test, and {@link
 * dev.stowage.emulator.interleaving.OrderRun}, which executes one. Nothing in this package depends on a test framework.
 */
@NullMarked
package dev.stowage.emulator.interleaving;

import org.jspecify.annotations.NullMarked;
