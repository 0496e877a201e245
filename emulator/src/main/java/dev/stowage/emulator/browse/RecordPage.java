package dev.stowage.emulator.browse;

import java.util.List;

/**
 * Some records of a store, in ascending order of their keys.
 *
 * @param total how many records of the store match, on all pages
 * @param hasMore whether there are records after the last one
 */
public record RecordPage(List<BrowsedRecord> records, long total, boolean hasMore) {}
