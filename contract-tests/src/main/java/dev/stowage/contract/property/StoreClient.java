package dev.stowage.contract.property;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.Client;
import dev.stowage.contract.call.SetValue;
import dev.stowage.contract.call.SuiteValues;
import dev.stowage.storage.StoreName;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A store as one caller accesses it: the operations, with the names of the wire protocol. */
public record StoreClient(Trial trial, Principal principal, Client client, StoreName store) {

    public boolean isKeyValue() {
        return store.isKeyValue();
    }

    /** The same store, accessed by another caller. */
    public StoreClient as(Principal other) {
        return trial.storeAs(other, store);
    }

    public ResponseAssert call(String operation, @Nullable Object... namesAndValues) {
        return trial.call(principal, client, Call.of(store, operation, namesAndValues), 0);
    }

    public ResponseAssert call(Call call) {
        return trial.call(principal, client, call, 0);
    }

    /** Makes a call that is one of several concurrent ones. */
    public ResponseAssert call(Call call, int together) {
        return trial.call(principal, client, call, together);
    }

    public ResponseAssert get(String key) {
        return call("get", "key", key);
    }

    public ResponseAssert get(String key, String... fields) {
        return call("get", "key", key, "fields", List.of(fields));
    }

    public ResponseAssert exists(String key) {
        return call("exists", "key", key);
    }

    public ResponseAssert put(String key, @Nullable Object value) {
        return call("put", "key", key, "value", value);
    }

    /** Creates the record that the test starts with. */
    public StoreClient createRecord(String key, @Nullable Object... namesAndValues) {
        put(key, SuiteValues.hash(namesAndValues)).succeeds();
        return this;
    }

    /** As {@link #createRecord}, with a ttl in seconds. */
    public StoreClient createExpiringRecord(String key, long ttl, @Nullable Object... namesAndValues) {
        call("put", "key", key, "value", SuiteValues.hash(namesAndValues), "ttl", ttl)
                .succeeds();
        return this;
    }

    public ResponseAssert patch(String key, @Nullable Object value) {
        return call("patch", "key", key, "value", value);
    }

    public ResponseAssert delete(String key) {
        return call("delete", "key", key);
    }

    public ResponseAssert delete(String key, String... fields) {
        return call("delete", "key", key, "fields", List.of(fields));
    }

    public ResponseAssert increment(String key, String field) {
        return call("increment", "key", key, "field", field);
    }

    public ResponseAssert increment(String key, String field, Object amount) {
        return call("increment", "key", key, "field", field, "amount", amount);
    }

    public ResponseAssert incrementMulti(String key, @Nullable Object... fieldsAndAmounts) {
        return call("incrementMulti", "key", key, "amounts", SuiteValues.hash(fieldsAndAmounts));
    }

    /** {@code append} or {@code unshift}. */
    public ResponseAssert insertIntoList(String operation, String key, String field, @Nullable Object value) {
        return call(operation, "key", key, "field", field, "value", value);
    }

    /** {@code appendMulti}, {@code unshiftMulti}, or an operation on sets: field to list. */
    public ResponseAssert multiOperation(String operation, String key, @Nullable Object... fieldsAndLists) {
        return call(operation, "key", key, "values", SuiteValues.hash(fieldsAndLists));
    }

    /** {@code shift} or {@code peek}. */
    public ResponseAssert takeFirst(String operation, String key, String field) {
        return call(operation, "key", key, "field", field);
    }

    /** {@code shiftMulti} or {@code peekMulti}. */
    public ResponseAssert takeFirstMulti(String operation, String key, @Nullable Object... fieldsAndCounts) {
        return call(operation, "key", key, "counts", SuiteValues.hash(fieldsAndCounts));
    }

    /** {@code addNumber} and its like. */
    public ResponseAssert setOperation(String action, SetValue.Kind kind, String key, String field, Object value) {
        return call(action + kind.label(), "key", key, "field", field, "value", value);
    }

    /** {@code addNumberMulti} and its like. */
    public ResponseAssert setOperationMulti(
            String action, SetValue.Kind kind, String key, Map<String, ? extends Object> values) {
        return call(action + kind.label() + "Multi", "key", key, "values", values);
    }

    public ResponseAssert update(String key, Client.Updater updater) {
        return update(key, updater, 0);
    }

    /** An updater that is one of several concurrent ones. */
    public ResponseAssert update(String key, Client.Updater updater, int together) {
        return trial.update(principal, client, store, key, updater, together);
    }
}
