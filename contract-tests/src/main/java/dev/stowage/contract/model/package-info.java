/**
 * The reference model: what each operation does to one record and what it returns. Open {@link
 * dev.stowage.contract.model.ReferenceModel}. It shares no code with the emulator.
 */
@NullMarked
package dev.stowage.contract.model;

import org.jspecify.annotations.NullMarked;
