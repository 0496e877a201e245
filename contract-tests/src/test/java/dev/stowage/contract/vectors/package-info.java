/**
 * Tests the Java client with the same vectors as the other clients. Open {@code HttpStorageVectorsTest}. The README beside the vectors defines the format.
 */
package dev.stowage.contract.vectors;
