/**
 * Where records are stored. Open {@link dev.stowage.emulator.record.RecordStore}, the interface of a store, and {@link
 * dev.stowage.emulator.record.InMemoryRecordStore}, its implementation.
 */
@NullMarked
package dev.stowage.emulator.record;

import org.jspecify.annotations.NullMarked;
