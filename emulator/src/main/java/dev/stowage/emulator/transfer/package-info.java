/**
 * Export and import of an install's or an app's records as a JSON document. Open {@link
 * dev.stowage.emulator.transfer.ExportImport}.
 */
@NullMarked
package dev.stowage.emulator.transfer;

import org.jspecify.annotations.NullMarked;
