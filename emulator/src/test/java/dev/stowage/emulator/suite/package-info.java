/**
 * Runs the contract suite against this emulator: in process, over HTTP, and through the Java client, with one class for each. {@code EmulatorUnderTest} gives the suite access to the emulator.
 */
package dev.stowage.emulator.suite;
