/**
 * The contract suite: proof, clause by clause, that a backend keeps the contract. Extend {@code StorageContract} in code, or run the
 * jar.
 */
@NullMarked
package dev.stowage.contract;

import org.jspecify.annotations.NullMarked;
