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
 * One call of the storage API, as a value. The 27 names that app developers know are nine shapes: {@code increment} is
 * an {@link Increment} of one field, {@code unshift} a {@link ListInsert} at the front. What an operation <i>does</i> is
 * the service's business; here is only what was asked.
 */
public sealed interface Operation {

    /** The name that app developers and the wire protocol know: {@code incrementMulti}. */
    String name();

    /** The key of the one record that it works on. */
    String key();

    /** True if it never writes, whatever it finds. */
    default boolean isRead() {
        return false;
    }

    <R> R accept(Visitor<R> visitor);

    /** A case for every shape. */
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
     * @param fields the fields asked for; null for all of them
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
     * @param ifVersion the version that must be current; empty for any
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
     * {@code patch} with a hash. (With an updater it is a {@code get} and a {@code put} with {@code ifVersion}.)
     *
     * @param ifVersion the version that must be current; empty for any
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
     * @param fields the fields to delete; null for the record
     * @param ifVersion the version that must be current; empty for any
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
     * @param amounts what to add to which field; one field where it is not multi
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

    /** Which end of a list. */
    enum End {
        FRONT,
        BACK
    }

    /**
     * {@code append}, {@code unshift} and their Multi.
     *
     * @param values what to insert into which list, in order: field to list
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
     * {@code shift}, {@code peek} and their Multi.
     *
     * @param counts up to how many elements from which list; 1 where it is not multi
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

    /** The two kinds of set (SET-5). */
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

    /** What is done with the given values and a set's members. */
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
     * @param values field to a set of that kind; one field with one value where it is not multi
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
