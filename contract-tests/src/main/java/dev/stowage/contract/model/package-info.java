/**
 * The reference model: what each operation does to one record, written for reading and sharing nothing with the emulator. Open
 * {@link dev.stowage.contract.model.Reference}.
 */
@NullMarked
package dev.stowage.contract.model;

import org.jspecify.annotations.NullMarked;
