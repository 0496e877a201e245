package dev.stowage.emulator.transfer;

import dev.stowage.storage.Hash;
import dev.stowage.storage.StoreName;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;

/**
 * The records of one or more stores.
 *
 * @param stores the records by store and key. Keys are sorted, so that two documents can be compared line by line
 */
public record StoresDocument(Map<StoreName, SortedMap<String, Entry>> stores) {

    /** The entry of a key: a record, or a mask. */
    public sealed interface Entry {}

    /**
     * A record.
     *
     * @param ttlSeconds the remaining ttl in seconds; empty without expiry
     */
    public record Plain(Hash value, OptionalLong ttlSeconds) implements Entry {}

    /** A secret whose value was not exported. A document that contains one can't be loaded. */
    public record Masked() implements Entry {}
}
