/**
 * Runs several emulators on a shared engine, kills and pauses parts of both under load, and lets the contract suite judge the histories.
 * Open {@link dev.stowage.reliability.cluster.ClusterRun}.
 */
@NullMarked
package dev.stowage.reliability.cluster;

import org.jspecify.annotations.NullMarked;
