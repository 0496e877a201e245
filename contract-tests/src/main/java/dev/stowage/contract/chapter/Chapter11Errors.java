package dev.stowage.contract.chapter;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.SetValue;
import dev.stowage.contract.call.Values;
import dev.stowage.contract.run.Heard;
import dev.stowage.contract.run.Place;
import dev.stowage.contract.run.Property;
import dev.stowage.contract.run.Property.Lane;
import dev.stowage.contract.run.Trial;
import dev.stowage.storage.StoreName;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chapter 11: refusals. */
final class Chapter11Errors {

    @Property(
            clause = "ERR-1",
            does = "has operations refused for each reason; the record, its version and its expiry are as they were",
            skipped = "for what the API's types make impossible",
            lookAt = "what was written before it was refused",
            lane = Lane.TIME,
            share = 60)
    void aRefusalChangesNothing(Trial t) {
        Place place = t.inKeyValueStore();
        String key = t.key();
        Map<String, @Nullable Object> record =
                Values.hash("n", 1, "s", "text", "l", Values.list(1), "ns", SetValue.numbers(1));
        Call refused = t.choose(List.of(
                Call.of(place.store(), "increment", "key", key, "field", "s", "ttl", 50),
                Call.of(place.store(), "incrementMulti", "key", key, "amounts", Values.hash("n", 1, "new", 1, "s", 1)),
                Call.of(place.store(), "append", "key", key, "field", "ns", "value", 1),
                Call.of(place.store(), "addString", "key", key, "field", "ns", "value", "a"),
                Call.of(
                        place.store(),
                        "addNumberMulti",
                        "key",
                        key,
                        "values",
                        Values.hash("ns", List.of(2), "l", List.of(1))),
                Call.of(place.store(), "put", "key", key, "value", "text"),
                Call.of(place.store(), "put", "key", key, "value", Values.hash("a", 1), "ttl", -1),
                Call.of(place.store(), "put", "key", key, "value", Values.hash("a", 1), "ifVersion", 987_654_321L)));
        place.call("put", "key", key, "value", record, "ttl", 1_000).ok();
        Heard before = place.get(key);
        if (!place.call(refused).answer().isRefused()) {
            throw t.brokenAt("ERR-1", refused + " was not refused.", key);
        }
        Heard after = place.get(key).is(record);
        if (!after.answer().version().equals(before.answer().version())
                || after.answer().ttl().isEmpty()
                || after.answer().ttl().getAsLong() > 1_000
                || after.answer().ttl().getAsLong() < 900) {
            throw after.broken("the version and the ttl from before");
        }
    }

    @Property(
            clause = "ERR-2",
            does =
                    "reads the messages of refusals: they name the store, the key and the field, and hold no value of secrets or"
                            + " settings",
            lookAt = "the message, which a person reads and a log keeps",
            share = 40)
    void messages(Trial t) {
        String canary = "c4n4ry-value";
        Place place = t.inAnyStore();
        String key = t.key();
        place.given(key, "owner", canary);
        Heard refused = place.isKeyValue()
                ? place.increment(key, "owner")
                : place.put(key, Values.hash("owner", canary, "set", SetValue.numbers(1)));
        if (!refused.answer().isRefused()) {
            throw refused.broken("a refusal");
        }
        String message = refused.answer().detail();
        String field = place.isKeyValue() ? "owner" : "set";
        if (!message.contains(key)
                || !message.contains(field)
                || !message.contains(place.store().wireName())) {
            throw t.brokenAt("ERR-2", "the message names not all of store, key and field: " + message, key);
        }
        if (message.contains(canary) && place.store() != StoreName.SHARED_KV_STORE) {
            throw t.brokenAt("ERR-2", "the message holds the value: " + message, key);
        }
    }
}
