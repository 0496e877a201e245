/**
 * Keeps the emulator's records in a folder, in an SQLite database. Open {@link dev.stowage.data.SqliteStorageProvider}, which opens
 * a folder, and {@code SqliteStorage}, which reads and writes it.
 */
@NullMarked
package dev.stowage.data;

import org.jspecify.annotations.NullMarked;
