package dev.stowage.emulator.stale;

import dev.stowage.storage.Hash;
import dev.stowage.storage.NumberSet;
import dev.stowage.storage.StringSet;
import dev.stowage.storage.operation.Operation;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Visits the plain values inside hashes, lists and sets. The field of a nested value is its path: {@code a.b}. */
final class ValueWalker {

    private ValueWalker() {}

    static void each(@Nullable Object value, BiConsumer<String, Object> visitor) {
        each("", value, visitor);
    }

    private static void each(String path, @Nullable Object value, BiConsumer<String, Object> visitor) {
        if (value instanceof Hash hash) {
            for (Map.Entry<String, @Nullable Object> field : hash.asMap().entrySet()) {
                each(path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue(), visitor);
            }
        } else if (value instanceof NumberSet || value instanceof StringSet || value instanceof Iterable<?>) {
            for (Object element : (Iterable<?>) value) {
                each(path, element, visitor);
            }
        } else if (value != null) {
            visitor.accept(path, value);
        }
    }

    /** The values that an operation writes; null if it writes none. */
    static @Nullable Hash written(Operation operation) {
        if (operation instanceof Operation.Put put) {
            return put.value();
        }
        if (operation instanceof Operation.Patch patch) {
            return patch.value();
        }
        if (operation instanceof Operation.ListInsert insert) {
            return insert.values();
        }
        if (operation instanceof Operation.SetMembers members && members.action() == Operation.SetAction.ADD) {
            return members.values();
        }
        return null;
    }
}
