package dev.stowage.contract.clause;

/**
 * One clause of CONTRACT.md.
 *
 * @param id {@code PUT-1}
 * @param chapter its heading, such as {@code 3 Reading and writing (all four stores)}
 * @param text the sentence, as the contract has it
 */
public record Clause(String id, Origin origin, String chapter, String text) {}
