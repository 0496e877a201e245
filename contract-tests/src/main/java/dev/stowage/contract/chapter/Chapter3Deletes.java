package dev.stowage.contract.chapter;

import dev.stowage.contract.call.Values;
import dev.stowage.contract.draw.Some;
import dev.stowage.contract.run.Place;
import dev.stowage.contract.run.Property;
import dev.stowage.contract.run.Trial;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chapter 3: delete. */
final class Chapter3Deletes {

    @Property(
            clause = "DEL-1",
            does =
                    "deletes a record, twice; it is gone with all its fields, and the answers are true in the base stores, the"
                            + " deleted record and then {} in the key-value stores",
            lookAt = "what is left of a deleted record, and what delete answers where there is none")
    void deleteRemoves(Trial t) {
        Place place = t.inAnyStore();
        Map<String, Object> record = t.draw(Some.HASH);
        String key = t.key();
        String other = t.key();
        place.given(other, "o", 1);
        place.delete(key).is(place.isKeyValue() ? Map.of() : true);
        place.put(key, record).ok();
        place.delete(key).is(place.isKeyValue() ? record : true);
        place.get(key).is(Map.of());
        place.exists(key).is(false);
        place.delete(key).is(place.isKeyValue() ? Map.of() : true);
        place.patch(key, Values.hash("new", 1)).is(Map.of());
        place.get(key).is(Values.hash("new", 1));
        place.get(other).is(Values.hash("o", 1));
    }

    @Property(
            clause = "DEL-2",
            does =
                    "deletes some fields, some that are not there among them, and fields that hold null, 0 and false; every other"
                            + " field stays, and the key-value stores answer at least what was removed",
            lookAt = "fields that stay because of what they hold, and fields that go with them")
    void deleteOfFields(Trial t) {
        Place place = t.inAnyStore();
        Map<String, @Nullable Object> record = Values.hash(
                "n", null, "z", 0, "f", false, "e", "", "l", Values.list(1, 1), "x", t.draw(Some.VALUE), "keep", 1);
        java.util.List<String> names = t.choose(java.util.List.of(
                java.util.List.of("n"),
                java.util.List.of("z"),
                java.util.List.of("f"),
                java.util.List.of("e"),
                java.util.List.of("x", "absent"),
                java.util.List.of("l", "x"),
                java.util.List.of("absent"),
                java.util.List.of("n", "z", "f", "e", "l", "x"),
                java.util.List.of("x", "x")));
        String key = t.key();
        place.put(key, record).ok();
        Map<String, @Nullable Object> removed = new java.util.LinkedHashMap<>(record);
        removed.keySet().retainAll(names);
        Map<String, @Nullable Object> rest = new java.util.LinkedHashMap<>(record);
        rest.keySet().removeAll(names);
        var answer = place.delete(key, names.toArray(new String[0]));
        if (place.isKeyValue()) {
            answer.hasAtLeast(removed);
        } else {
            answer.by("DEL-1").is(true);
        }
        place.get(key).is(rest);
        place.exists(key).is(true);
    }

    @Property(
            clause = "DEL-2",
            does = "deletes some fields and compares the answer with exactly those",
            lookAt = "what else is answered",
            advisory = true,
            share = 20)
    void deleteAnswersJustThose(Trial t) {
        Place place = t.inKeyValueStore();
        String key = t.key();
        place.given(key, "a", 1, "b", 2).delete(key, "a", "absent").is(Values.hash("a", 1));
    }

    @Property(
            clause = "DEL-3",
            does =
                    "deletes a record's last field: it still exists, empty; and fields of a missing record: nothing is created",
            lookAt = "whether an empty record is dropped, or one is made in order to delete from it")
    void theLastField(Trial t) {
        Place place = t.inAnyStore();
        boolean several = t.choose(false, true);
        String key = t.key();
        if (several) {
            place.given(key, "a", 1, "b", 2).delete(key, "a", "b").ok();
        } else {
            place.given(key, "a", 1).delete(key, "a").ok();
        }
        place.exists(key).is(true);
        place.get(key).is(Map.of());
        String missing = t.key();
        place.delete(missing, "a").ok();
        place.exists(missing).is(false);
        place.get(missing).is(Map.of());
    }
}
