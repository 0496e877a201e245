package dev.stowage.storage;

/**
 * Computes the next value of a record, and may change its expiry. It can run several times for one patch, each time with
 * the then current record, so it should only compute (PATCH-3).
 */
@FunctionalInterface
public interface Updater {

    /**
     * Computes the next value.
     *
     * @param current the current record; {@link Hash#empty()} if there is none
     * @param ttl the remaining ttl; call its methods to change or remove it (TTL-6)
     * @return the complete new record
     */
    Hash update(Hash current, UpdaterTtl ttl);
}
