/**
 * The contract suite against this emulator: in process, over HTTP, and through the Java client. There is one
 * class for each; how the suite connects is in {@code EmulatorUnderTest}.
 */
package dev.stowage.emulator.suite;
