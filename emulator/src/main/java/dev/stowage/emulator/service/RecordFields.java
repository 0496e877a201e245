package dev.stowage.emulator.service;

import dev.stowage.storage.Hash;
import java.util.Objects;

/** Reads fields that the emulator's own records always have. */
final class RecordFields {

    private RecordFields() {}

    static String string(Hash hash, String field) {
        return Objects.requireNonNull(hash.getString(field), field);
    }

    static long number(Hash hash, String field) {
        return Objects.requireNonNull(hash.getLong(field), field);
    }
}
