/**
 * What somebody who serves this storage gives to the suite. Open {@link dev.stowage.contract.door.StorageUnderTest}.
 */
@NullMarked
package dev.stowage.contract.door;

import org.jspecify.annotations.NullMarked;
