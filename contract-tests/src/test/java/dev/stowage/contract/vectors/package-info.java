/**
 * The Java client, held against the vectors that other clients are held against, too: open
 * {@code HttpStorageVectorsTest}; what a vector is, is in the README beside them.
 */
package dev.stowage.contract.vectors;
