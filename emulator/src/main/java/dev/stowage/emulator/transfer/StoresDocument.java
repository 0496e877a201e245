package dev.stowage.emulator.transfer;

import dev.stowage.storage.Hash;
import dev.stowage.storage.StoreName;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;

/**
 * The records of some stores.
 *
 * @param stores by store, by key; keys in ascending order, so that two documents can be compared line by line
 */
public record StoresDocument(Map<StoreName, SortedMap<String, Entry>> stores) {

    /** What a document has under a key. */
    public sealed interface Entry {}

    /**
     * A record.
     *
     * @param ttlSeconds what is left of its ttl; empty without expiry
     */
    public record Plain(Hash value, OptionalLong ttlSeconds) implements Entry {}

    /** A secret that was not asked for; a document with one can't be loaded. */
    public record Masked() implements Entry {}
}
