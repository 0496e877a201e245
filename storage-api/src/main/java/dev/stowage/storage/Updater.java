package dev.stowage.storage;

/**
 * Computes a record's next value, and may change its expiry. It can run several times, with other values each time; it
 * should do nothing but compute (PATCH-3).
 */
@FunctionalInterface
public interface Updater {

    /**
     * @param current the record; {@link Hash#empty()} where there is none
     * @param ttl what is left of its ttl, to be changed, removed or left alone (TTL-6)
     * @return the whole next record
     */
    Hash update(Hash current, UpdaterTtl ttl);
}
