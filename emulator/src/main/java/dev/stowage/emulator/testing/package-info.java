/**
 * For extensions of test frameworks on the virtual machine: what one test has from its start to its end, which is its own app, the
 * app's installs, the transport to their stores, and actors as threads. Open {@link dev.stowage.emulator.testing.TestEmulator}, which
 * opens a {@link dev.stowage.emulator.testing.TestScope} for each test. Nothing in this package depends on a test framework.
 */
@NullMarked
package dev.stowage.emulator.testing;

import org.jspecify.annotations.NullMarked;
