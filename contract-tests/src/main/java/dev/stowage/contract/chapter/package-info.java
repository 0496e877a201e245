/**
 * The properties, a class for each chapter of the contract: what they do, when they are skipped and what to look at when they fail is
 * said beside each. Open {@link dev.stowage.contract.chapter.Chapters}.
 */
@NullMarked
package dev.stowage.contract.chapter;

import org.jspecify.annotations.NullMarked;
