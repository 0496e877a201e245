/**
 * The clauses of the contract, read from CONTRACT.md as it was when the suite was built. Open {@link
 * dev.stowage.contract.clause.Clauses}.
 */
@NullMarked
package dev.stowage.contract.clause;

import org.jspecify.annotations.NullMarked;
