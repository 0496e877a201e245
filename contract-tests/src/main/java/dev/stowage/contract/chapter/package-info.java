/**
 * The properties, in one or more classes for each chapter of the contract. Open {@link dev.stowage.contract.chapter.Chapters}, which
 * lists them.
 */
@NullMarked
package dev.stowage.contract.chapter;

import org.jspecify.annotations.NullMarked;
