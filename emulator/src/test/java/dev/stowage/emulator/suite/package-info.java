/**
 * The contract suite against this emulator: in process, over HTTP, and through the Java client. What each is, is one class; how the
 * suite reaches them is in {@code EmulatorUnderTest}.
 */
package dev.stowage.emulator.suite;
