/**
 * The contract suite: tests clause by clause whether a backend conforms to the contract. Extend {@link
 * dev.stowage.contract.StorageContract} in code, or run the jar.
 */
@NullMarked
package dev.stowage.contract;

import org.jspecify.annotations.NullMarked;
