/**
 * Keeps the records of emulators in a PostgreSQL database, which several of them can share. Open {@link
 * dev.stowage.postgresql.PostgresqlRecordStore}, the record store, and the file {@code schema-1.sql} beside it.
 */
@NullMarked
package dev.stowage.postgresql;

import org.jspecify.annotations.NullMarked;
