package dev.stowage.emulator.operation;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.NumberSet;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.StoreName;
import dev.stowage.storage.StringSet;
import dev.stowage.storage.operation.Operation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The messages of refused operations (ERR-2): they contain names, types and sizes, never a value. */
final class Refusals {

    private Refusals() {}

    static StorageException wrongType(
            RecordView record, String field, @Nullable Object found, String expected, String clause) {
        String type = typeOf(found);
        return new StorageException(
                ErrorCode.WRONG_TYPE,
                "Cannot operate on a " + type + " as a " + expected + ": the field '" + field + "' of '" + record.key()
                        + "' in " + record.store() + " holds a " + type + ". Nothing was changed. (" + clause + ")",
                Map.of("store", record.store().wireName(), "key", record.key(), "field", field));
    }

    static StorageException versionConflict(RecordView record, long expected) {
        return new StorageException(
                ErrorCode.VERSION_CONFLICT,
                "The record '" + record.key() + "' in " + record.store()
                        + (record.isMissing() ? " does not exist (version 0)" : " is at version " + record.version())
                        + ", but the write expected version " + expected
                        + ". Nothing was changed. Read it again and retry. (LIN-2)",
                Map.of("store", record.store().wireName(), "key", record.key(), "currentVersion", record.version()));
    }

    static StorageException tooLarge(RecordView record, int size, int limit) {
        return new StorageException(
                ErrorCode.RECORD_TOO_LARGE,
                "The record '" + record.key() + "' in " + record.store() + " would have " + size
                        + " bytes, key and value as JSON; the limit is " + limit
                        + ". Nothing was changed. Split it over several keys. (VAL-8)",
                Map.of("store", record.store().wireName(), "key", record.key(), "size", size, "limit", limit));
    }

    /** Adds the store and the key to the refusal of a value, such as a sum that is infinite (ERR-2). */
    static StorageException located(StorageException refusal, StoreName store, Operation operation) {
        if (refusal.details().containsKey("key")) {
            return refusal;
        }
        Map<String, Object> details = new LinkedHashMap<>(refusal.details());
        details.put("store", store.wireName());
        details.put("key", operation.key());
        return new StorageException(
                refusal.code(),
                store + "." + operation.name() + " of '" + operation.key() + "': " + refusal.getMessage(),
                details);
    }

    static String typeOf(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof NumberSet || value instanceof StringSet) {
            return value.getClass().getSimpleName();
        }
        if (value instanceof Hash) {
            return "hash";
        }
        if (value instanceof List) {
            return "list";
        }
        if (value instanceof Number) {
            return "number";
        }
        return value instanceof Boolean ? "boolean" : "string";
    }
}
