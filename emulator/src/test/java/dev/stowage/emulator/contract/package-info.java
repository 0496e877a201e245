/**
 * Tests of the clauses of CONTRACT.md, chapter by chapter, each through every entry point. The entry points are listed in
 * {@link dev.stowage.emulator.contract.AccessPath}.
 */
package dev.stowage.emulator.contract;
