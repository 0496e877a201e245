/**
 * What one test has from its start to its end: its own app, the app's installs, and the transport to their stores. Open {@link
 * dev.stowage.junit.scope.TestEmulator}, which opens a {@link dev.stowage.junit.scope.TestScope} for each test. Nothing in this
 * package depends on a test framework.
 */
@NullMarked
package dev.stowage.junit.scope;

import org.jspecify.annotations.NullMarked;
