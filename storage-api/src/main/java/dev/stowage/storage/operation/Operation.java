package dev.stowage.storage.operation;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.Ttl;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One call of the storage API, as a value: the operation and its arguments. The 27 operations of the wire protocol are
 * modelled as nine types: {@code increment} is an {@link Increment} of one field, {@code unshift} a {@link ListInsert} at
 * the front. Operations are executed by a {@link Transport}.
 */
public sealed interface Operation {

    /** The name in the platform's SDK and in the wire protocol: {@code incrementMulti}. */
    String name();

    /** The key of the record that the operation reads or writes. */
    String key();

    /** True if the operation never writes. */
    default boolean isRead() {
        return false;
    }

    /** Calls the visitor's method for this type. */
    <R> R accept(Visitor<R> visitor);

    /** One method for each type of operation. */
    interface Visitor<R> {
        R get(Get operation);

        R put(Put operation);

        R patch(Patch operation);

        R delete(Delete operation);

        R exists(Exists operation);

        R increment(Increment operation);

        R listInsert(ListInsert operation);

        R listTake(ListTake operation);

        R setMembers(SetMembers operation);
    }

    /**
     * {@code get}.
     *
     * @param fields the names of the fields to return; null for all
     */
    record Get(String key, @Nullable List<String> fields) implements Operation {
        @Override
        public String name() {
            return "get";
        }

        @Override
        public boolean isRead() {
            return true;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.get(this);
        }
    }

    /**
     * {@code put}.
     *
     * @param ifVersion the version that the record must have; empty for any
     */
    record Put(String key, Hash value, Ttl ttl, OptionalLong ifVersion) implements Operation {
        @Override
        public String name() {
            return "put";
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.put(this);
        }
    }

    /**
     * {@code patch} with a hash. A patch with an updater is a {@link Get} followed by a {@link Put} with {@code ifVersion}.
     *
     * @param ifVersion the version that the record must have; empty for any
     */
    record Patch(String key, Hash value, Ttl ttl, OptionalLong ifVersion) implements Operation {
        @Override
        public String name() {
            return "patch";
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.patch(this);
        }
    }

    /**
     * {@code delete}.
     *
     * @param fields the names of the fields to delete; null for the whole record
     * @param ifVersion the version that the record must have; empty for any
     */
    record Delete(String key, @Nullable List<String> fields, OptionalLong ifVersion) implements Operation {
        @Override
        public String name() {
            return "delete";
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.delete(this);
        }
    }

    /** {@code exists}. */
    record Exists(String key) implements Operation {
        @Override
        public String name() {
            return "exists";
        }

        @Override
        public boolean isRead() {
            return true;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.exists(this);
        }
    }

    /**
     * {@code increment} and {@code incrementMulti}.
     *
     * @param amounts the amount for each field; exactly one if not {@code multi}
     * @param multi true for {@code incrementMulti}
     */
    record Increment(String key, Map<String, Double> amounts, Ttl ttl, boolean multi) implements Operation {
        public Increment {
            amounts = ordered(amounts);
        }

        @Override
        public String name() {
            return multi ? "incrementMulti" : "increment";
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.increment(this);
        }
    }

    /** An end of a list. */
    enum End {
        FRONT,
        BACK
    }

    /**
     * {@code append}, {@code unshift}, {@code appendMulti} and {@code unshiftMulti}.
     *
     * @param values for each field the list of values to insert, in order; exactly one field with one value if not {@code multi}
     */
    record ListInsert(String key, Hash values, End end, boolean multi) implements Operation {
        @Override
        public String name() {
            return (end == End.BACK ? "append" : "unshift") + (multi ? "Multi" : "");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.listInsert(this);
        }
    }

    /**
     * {@code shift}, {@code peek}, {@code shiftMulti} and {@code peekMulti}.
     *
     * @param counts for each field the largest number of elements; exactly one field with 1 if not {@code multi}
     * @param remove true for {@code shift}, false for {@code peek}
     */
    record ListTake(String key, Map<String, Integer> counts, boolean remove, boolean multi) implements Operation {
        public ListTake {
            counts = ordered(counts);
            counts.forEach((field, count) -> {
                if (count < 0) {
                    throw new StorageException(
                            ErrorCode.INVALID_REQUEST,
                            "The count for the field '" + field + "' is " + count
                                    + "; it must be a whole number of at least 0. (LIST-9)",
                            Map.of("field", field));
                }
            });
        }

        @Override
        public String name() {
            return (remove ? "shift" : "peek") + (multi ? "Multi" : "");
        }

        @Override
        public boolean isRead() {
            return !remove;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.listTake(this);
        }
    }

    /** The kind of a set (SET-5). */
    enum SetKind {
        NUMBER("Number"),
        STRING("String");

        private final String label;

        SetKind(String label) {
            this.label = label;
        }

        /** The kind inside an operation's name: {@code Number} in {@code addNumberMulti}. */
        public String label() {
            return label;
        }
    }

    /** What a set operation does with the given values. */
    enum SetAction {
        ADD("add"),
        REMOVE("remove"),
        HAS("has");

        private final String label;

        SetAction(String label) {
            this.label = label;
        }

        /** The action inside an operation's name: {@code add} in {@code addNumberMulti}. */
        public String label() {
            return label;
        }
    }

    /**
     * The twelve operations on sets.
     *
     * @param values for each field a set of this kind; exactly one field with one value if not {@code multi}
     */
    record SetMembers(String key, SetKind kind, SetAction action, Hash values, boolean multi) implements Operation {
        @Override
        public String name() {
            return action.label() + kind.label() + (multi ? "Multi" : "");
        }

        @Override
        public boolean isRead() {
            return action == SetAction.HAS;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.setMembers(this);
        }
    }

    private static <V> Map<String, V> ordered(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
