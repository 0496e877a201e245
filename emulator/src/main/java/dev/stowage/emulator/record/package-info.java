/**
 * Where records are kept. Open {@link dev.stowage.emulator.record.RecordStore}: it is all that a backend must be; {@link
 * dev.stowage.emulator.record.InMemoryRecordStore} is the one there is.
 */
@NullMarked
package dev.stowage.emulator.record;

import org.jspecify.annotations.NullMarked;
