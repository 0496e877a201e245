/**
 * Looks at an app's operations as they happen and says which of the platform's best practices they break, with the operations as
 * evidence. Open {@link dev.stowage.emulator.advice.Advisor}, and {@link dev.stowage.emulator.advice.Practice} for the practices. To
 * look only at the outcome of each operation, use the journal.
 */
@NullMarked
package dev.stowage.emulator.advice;

import org.jspecify.annotations.NullMarked;
