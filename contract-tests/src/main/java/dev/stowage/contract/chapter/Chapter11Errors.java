package dev.stowage.contract.chapter;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.SetValue;
import dev.stowage.contract.call.SuiteValues;
import dev.stowage.contract.property.Property;
import dev.stowage.contract.property.Property.Lane;
import dev.stowage.contract.property.ResponseAssert;
import dev.stowage.contract.property.StoreClient;
import dev.stowage.contract.property.Trial;
import dev.stowage.storage.StoreName;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chapter 11: refusals. */
final class Chapter11Errors {

    @Property(
            clause = "ERR-1",
            does = "makes calls that are refused, for each reason; the record, its version and its expiry are"
                    + " unchanged",
            skipped = "for calls that the API's types make impossible",
            lookAt = "what is written before the operation is refused",
            lane = Lane.TIME,
            share = 60)
    void aRefusalChangesNothing(Trial t) {
        StoreClient client = t.anyKeyValueStore();
        String key = t.key();
        Map<String, @Nullable Object> record =
                SuiteValues.hash("n", 1, "s", "text", "l", SuiteValues.list(1), "ns", SetValue.numbers(1));
        Call refused = t.choose(List.of(
                Call.of(client.store(), "increment", "key", key, "field", "s", "ttl", 50),
                Call.of(
                        client.store(),
                        "incrementMulti",
                        "key",
                        key,
                        "amounts",
                        SuiteValues.hash("n", 1, "new", 1, "s", 1)),
                Call.of(client.store(), "append", "key", key, "field", "ns", "value", 1),
                Call.of(client.store(), "addString", "key", key, "field", "ns", "value", "a"),
                Call.of(
                        client.store(),
                        "addNumberMulti",
                        "key",
                        key,
                        "values",
                        SuiteValues.hash("ns", List.of(2), "l", List.of(1))),
                Call.of(client.store(), "put", "key", key, "value", "text"),
                Call.of(client.store(), "put", "key", key, "value", SuiteValues.hash("a", 1), "ttl", -1),
                Call.of(
                        client.store(),
                        "put",
                        "key",
                        key,
                        "value",
                        SuiteValues.hash("a", 1),
                        "ifVersion",
                        987_654_321L)));
        client.call("put", "key", key, "value", record, "ttl", 1_000).succeeds();
        ResponseAssert before = client.get(key);
        if (!client.call(refused).actual().isRefused()) {
            throw t.violationAtKeys("ERR-1", refused + " was not refused.", key);
        }
        ResponseAssert after = client.get(key).hasResult(record);
        if (!after.actual().version().equals(before.actual().version())
                || after.actual().ttl().isEmpty()
                || after.actual().ttl().getAsLong() > 1_000
                || after.actual().ttl().getAsLong() < 900) {
            throw after.violation("the version and the ttl from before");
        }
    }

    @Property(
            clause = "ERR-2",
            does = "reads the messages of refusals; they name the store, the key and the field, and contain no"
                    + " value of secrets or settings",
            lookAt = "the message, which people read and logs keep",
            share = 40)
    void messages(Trial t) {
        String canary = "c4n4ry-value";
        StoreClient client = t.anyStore();
        String key = t.key();
        client.createRecord(key, "owner", canary);
        ResponseAssert refused = client.isKeyValue()
                ? client.increment(key, "owner")
                : client.put(key, SuiteValues.hash("owner", canary, "set", SetValue.numbers(1)));
        if (!refused.actual().isRefused()) {
            throw refused.violation("a refusal");
        }
        String message = refused.actual().detail();
        String field = client.isKeyValue() ? "owner" : "set";
        if (!message.contains(key)
                || !message.contains(field)
                || !message.contains(client.store().wireName())) {
            throw t.violationAtKeys(
                    "ERR-2", "expected a message with the store, the key and the field but was:" + " " + message, key);
        }
        if (message.contains(canary) && client.store() != StoreName.SHARED_KV_STORE) {
            throw t.violationAtKeys("ERR-2", "expected a message without the value but was: " + message, key);
        }
    }
}
