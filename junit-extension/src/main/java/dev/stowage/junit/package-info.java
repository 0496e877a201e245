/**
 * Storage for tests with JUnit Jupiter: open {@link dev.stowage.junit.StorageEmulator} first, which gives every test an
 * install of its own; then {@link dev.stowage.junit.FaultSweep} and {@link dev.stowage.junit.InterleavingTest}, which make
 * more of a test that you have.
 */
@NullMarked
package dev.stowage.junit;

import org.jspecify.annotations.NullMarked;
