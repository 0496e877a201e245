/**
 * The interfaces that a backend implements to be tested in code. Open {@link dev.stowage.contract.backend.StorageUnderTest}.
 */
@NullMarked
package dev.stowage.contract.backend;

import org.jspecify.annotations.NullMarked;
