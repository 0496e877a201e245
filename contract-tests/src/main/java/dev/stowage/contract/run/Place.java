package dev.stowage.contract.run;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.Client;
import dev.stowage.contract.call.SetValue;
import dev.stowage.contract.call.Values;
import dev.stowage.storage.StoreName;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A store as somebody reaches it: the operations, in the words of the wire protocol. */
public record Place(Trial trial, Who who, Client client, StoreName store) {

    public boolean isKeyValue() {
        return store.isKeyValue();
    }

    /** The same store, reached by somebody else. */
    public Place by(Who other) {
        return trial.by(other, store);
    }

    public Heard call(String operation, @Nullable Object... namesAndValues) {
        return trial.call(who, client, Call.of(store, operation, namesAndValues), 0);
    }

    public Heard call(Call call) {
        return trial.call(who, client, call, 0);
    }

    /** A call that is one of several at once. */
    public Heard call(Call call, int together) {
        return trial.call(who, client, call, together);
    }

    public Heard get(String key) {
        return call("get", "key", key);
    }

    public Heard get(String key, String... fields) {
        return call("get", "key", key, "fields", List.of(fields));
    }

    public Heard exists(String key) {
        return call("exists", "key", key);
    }

    public Heard put(String key, @Nullable Object value) {
        return call("put", "key", key, "value", value);
    }

    /** A record to begin with: what is tested comes after it. */
    public Place given(String key, @Nullable Object... namesAndValues) {
        put(key, Values.hash(namesAndValues)).ok();
        return this;
    }

    /** As {@link #given}, expiring. */
    public Place givenFor(String key, long ttl, @Nullable Object... namesAndValues) {
        call("put", "key", key, "value", Values.hash(namesAndValues), "ttl", ttl)
                .ok();
        return this;
    }

    public Heard patch(String key, @Nullable Object value) {
        return call("patch", "key", key, "value", value);
    }

    public Heard delete(String key) {
        return call("delete", "key", key);
    }

    public Heard delete(String key, String... fields) {
        return call("delete", "key", key, "fields", List.of(fields));
    }

    public Heard increment(String key, String field) {
        return call("increment", "key", key, "field", field);
    }

    public Heard increment(String key, String field, Object amount) {
        return call("increment", "key", key, "field", field, "amount", amount);
    }

    public Heard incrementMulti(String key, @Nullable Object... fieldsAndAmounts) {
        return call("incrementMulti", "key", key, "amounts", Values.hash(fieldsAndAmounts));
    }

    /** {@code append} or {@code unshift}. */
    public Heard insert(String operation, String key, String field, @Nullable Object value) {
        return call(operation, "key", key, "field", field, "value", value);
    }

    /** {@code appendMulti}, {@code unshiftMulti}, or an operation on sets: field to list. */
    public Heard multi(String operation, String key, @Nullable Object... fieldsAndLists) {
        return call(operation, "key", key, "values", Values.hash(fieldsAndLists));
    }

    /** {@code shift} or {@code peek}. */
    public Heard take(String operation, String key, String field) {
        return call(operation, "key", key, "field", field);
    }

    /** {@code shiftMulti} or {@code peekMulti}. */
    public Heard takeMulti(String operation, String key, @Nullable Object... fieldsAndCounts) {
        return call(operation, "key", key, "counts", Values.hash(fieldsAndCounts));
    }

    /** {@code addNumber} and its like. */
    public Heard member(String action, SetValue.Kind kind, String key, String field, Object value) {
        return call(action + kind.label(), "key", key, "field", field, "value", value);
    }

    /** {@code addNumberMulti} and its like. */
    public Heard members(String action, SetValue.Kind kind, String key, Map<String, ? extends Object> values) {
        return call(action + kind.label() + "Multi", "key", key, "values", values);
    }

    public Heard update(String key, Client.Updater updater) {
        return trial.update(who, client, store, key, updater);
    }
}
