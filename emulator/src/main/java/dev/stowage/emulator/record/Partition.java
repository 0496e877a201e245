package dev.stowage.emulator.record;

/**
 * A set of records that nothing outside can reach: one store of one owner.
 *
 * @param owner whose it is, in a form that no other owner has: {@code install/7}, {@code app/shop}
 * @param store which of the owner's stores
 */
public record Partition(String owner, String store) {}
