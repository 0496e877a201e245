/**
 * Where records are stored. Open {@link dev.stowage.emulator.record.RecordStore}, the interface of a store, and {@link
 * dev.stowage.emulator.record.InMemoryRecordStore}, its implementation; stores on other engines extend {@link
 * dev.stowage.emulator.record.SharedRecordStore}.
 */
@NullMarked
package dev.stowage.emulator.record;

import org.jspecify.annotations.NullMarked;
