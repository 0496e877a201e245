package dev.stowage.emulator.operation;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.StoreName;
import dev.stowage.storage.Ttl;
import dev.stowage.storage.ValueSet;
import dev.stowage.storage.operation.Operation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Validates an operation before a record is read: the store's operations, keys, kinds of values and ttl. */
public final class RequestValidator {

    private static final int MAX_KEY_BYTES = 1_024;
    private static final Set<String> BASE_OPERATIONS = Set.of("get", "put", "patch", "delete", "exists");

    private RequestValidator() {}

    /** Whether the store has an operation with this name. */
    public static boolean has(StoreName store, String operation) {
        return store.isKeyValue() || BASE_OPERATIONS.contains(operation);
    }

    /** @throws StorageException if the store refuses the operation */
    public static void check(StoreName store, Operation operation) {
        if (!has(store, operation.name())) {
            throw new StorageException(
                    ErrorCode.NOT_FOUND,
                    "The store " + store + " has no operation " + operation.name()
                            + "; it has get, put, patch, delete and exists.");
        }
        checkKey(store, operation.key());
        if (!store.isKeyValue()) {
            checkBaseStore(store, operation);
        }
    }

    private static void checkKey(StoreName store, String key) {
        if (store == StoreName.SECRETS) {
            if (!isSecretsKey(key)) {
                throw badKey(
                        store,
                        key,
                        "a secrets key is one or more segments of a-z, A-Z, 0-9, _ and - joined by / (KEY-1)");
            }
            return;
        }
        int bytes = utf8Length(key);
        if (key.isEmpty() || bytes > MAX_KEY_BYTES || bytes < 0) {
            String found = bytes < 0 ? "this key contains an unpaired surrogate" : "this key has " + bytes;
            throw badKey(
                    store,
                    key,
                    "a key is a non-empty string of at most " + MAX_KEY_BYTES + " bytes in UTF-8, " + found
                            + " (KEY-2)");
        }
    }

    private static StorageException badKey(StoreName store, String key, String rule) {
        return new StorageException(
                ErrorCode.INVALID_KEY,
                "The key '" + shortened(key) + "' is not valid in " + store + ": " + rule + ".",
                Map.of("store", store.wireName(), "key", shortened(key)));
    }

    private static String shortened(String key) {
        return key.length() <= 80 ? key : key.substring(0, 80) + "…";
    }

    /** KEY-1. Not a regular expression, because its recursion can overflow the stack with a long key. */
    private static boolean isSecretsKey(String key) {
        boolean segmentIsEmpty = true;
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c == '/') {
                if (segmentIsEmpty) {
                    return false;
                }
                segmentIsEmpty = true;
            } else if ((c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || c == '_'
                    || c == '-') {
                segmentIsEmpty = false;
            } else {
                return false;
            }
        }
        return !segmentIsEmpty;
    }

    /** Returns the length in bytes of UTF-8; −1 for a string with an unpaired surrogate. */
    private static int utf8Length(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes++;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (!Character.isSurrogate(c)) {
                bytes += 3;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                bytes += 4;
                i++;
            } else {
                return -1;
            }
        }
        return bytes;
    }

    private static void checkBaseStore(StoreName store, Operation operation) {
        if (operation instanceof Operation.Put put) {
            checkNoTtl(store, put.ttl());
            checkNoSets(store, put.key(), put.value());
        } else if (operation instanceof Operation.Patch patch) {
            checkNoTtl(store, patch.ttl());
            checkNoSets(store, patch.key(), patch.value());
        }
    }

    /** TTL-9. */
    private static void checkNoTtl(StoreName store, Ttl ttl) {
        if (ttl.duration().isPresent()) {
            throw noTtl(store);
        }
    }

    /** The refusal of a ttl in a base store (TTL-9). */
    public static StorageException noTtl(StoreName store) {
        return new StorageException(
                ErrorCode.INVALID_REQUEST,
                "The store " + store + " does not support ttl; only kvStore and sharedKvStore do. (TTL-9)",
                Map.of("store", store.wireName()));
    }

    /** VAL-4. */
    private static void checkNoSets(StoreName store, String key, Hash value) {
        for (Map.Entry<String, @Nullable Object> field : value.asMap().entrySet()) {
            if (holdsSet(field.getValue())) {
                throw new StorageException(
                        ErrorCode.INVALID_VALUE,
                        "The store " + store + " does not support sets, but the field '" + field.getKey() + "' of '"
                                + key + "' contains one; only kvStore and sharedKvStore support sets. (VAL-4)",
                        Map.of("store", store.wireName(), "key", key, "field", field.getKey()));
            }
        }
    }

    /** Whether a value is a set or contains one at any depth; a base store refuses it (VAL-4). */
    public static boolean holdsSet(@Nullable Object value) {
        if (value instanceof Hash hash) {
            return hash.asMap().values().stream().anyMatch(RequestValidator::holdsSet);
        }
        if (value instanceof List<?> list) {
            return list.stream().anyMatch(RequestValidator::holdsSet);
        }
        return value instanceof ValueSet;
    }
}
