/**
 * Reads records for a person who looks at them. Reading is no operation: it writes no journal entry, takes no fault and waits at no gate.
 * Open {@link dev.stowage.emulator.browse.RecordBrowser}.
 */
@NullMarked
package dev.stowage.emulator.browse;

import org.jspecify.annotations.NullMarked;
