/**
 * The clauses of CONTRACT.md, chapter by chapter, each through every door. Open {@link
 * dev.stowage.emulator.contract.Door} for what the doors are.
 */
package dev.stowage.emulator.contract;
