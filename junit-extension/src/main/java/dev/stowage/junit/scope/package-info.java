/**
 * What one test has, from its start to its end: an app of its own, the app's installs, and the way to their stores. Open {@link
 * dev.stowage.junit.scope.TestServer}, which opens a {@link dev.stowage.junit.scope.TestScope} for each test; nothing here
 * knows a test framework.
 */
@NullMarked
package dev.stowage.junit.scope;

import org.jspecify.annotations.NullMarked;
