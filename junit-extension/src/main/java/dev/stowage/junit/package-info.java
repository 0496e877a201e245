/**
 * The JUnit Jupiter extension. Open {@link dev.stowage.junit.StorageEmulator}, which gives each test its own app and install; then
 * {@link dev.stowage.junit.FaultSweep} and {@link dev.stowage.junit.InterleavingTest}, which run a test under every fault and in every
 * order.
 */
@NullMarked
package dev.stowage.junit;

import org.jspecify.annotations.NullMarked;
