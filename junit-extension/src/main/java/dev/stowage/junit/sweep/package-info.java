/**
 * Finds the places where a test's app uses its storage, and what could go wrong at each. Open {@link
 * dev.stowage.junit.sweep.DryRun}, which looks, and {@link dev.stowage.junit.sweep.Disturbance}, which makes it go wrong.
 */
@NullMarked
package dev.stowage.junit.sweep;

import org.jspecify.annotations.NullMarked;
