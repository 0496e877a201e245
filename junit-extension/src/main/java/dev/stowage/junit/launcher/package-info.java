/**
 * Prepares a run while JUnit's launcher looks for tests. Open {@link dev.stowage.junit.launcher.StorageTestsFound}, which the launcher finds
 * by itself. No other package depends on the launcher.
 */
@NullMarked
package dev.stowage.junit.launcher;

import org.jspecify.annotations.NullMarked;
