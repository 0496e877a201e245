/**
 * An install's records as one readable document, out and in again: {@link dev.stowage.emulator.transfer.Transfer}.
 */
@NullMarked
package dev.stowage.emulator.transfer;

import org.jspecify.annotations.NullMarked;
