package dev.stowage.contract.chapter;

import dev.stowage.contract.call.Values;
import dev.stowage.contract.draw.Some;
import dev.stowage.contract.run.Heard;
import dev.stowage.contract.run.Place;
import dev.stowage.contract.run.Property;
import dev.stowage.contract.run.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chapter 6: lists. That they are atomic is in {@link RacesOnFields}. */
final class Chapter6Lists {

    private static List<@Nullable Object> joined(List<?>... parts) {
        List<@Nullable Object> all = new ArrayList<>();
        for (List<?> part : parts) {
            all.addAll(part);
        }
        return all;
    }

    @Property(
            clause = "LIST-1",
            does =
                    "appends and unshifts one value of any type, twice: to a list that has it already, to a missing field and to a"
                            + " missing record",
            lookAt = "doubles that are dropped, lists that are flattened, the end at which it arrives")
    void insertOne(Trial t) {
        Place place = t.inKeyValueStore();
        String operation = t.choose("append", "unshift");
        String before = t.choose("list", "missing field", "missing record", "empty list");
        Object value = t.choose(Values.list(
                "v", 0, null, false, "", Values.list(1, 2), Values.list(), Values.hash("a", 1), 2, t.draw(Some.VALUE)));
        String key = t.key();
        List<@Nullable Object> list = before.equals("list") ? Values.list(1, 2, 2) : Values.list();
        Map<String, @Nullable Object> record = Values.hash();
        if (!before.equals("missing record")) {
            record.put("x", 1);
        }
        if (before.contains("list")) {
            record.put("l", list);
        }
        if (!record.isEmpty()) {
            place.put(key, record).ok();
        }
        List<@Nullable Object> one = Values.list(value);
        place.insert(operation, key, "l", value).ok();
        List<@Nullable Object> once = operation.equals("append") ? joined(list, one) : joined(one, list);
        place.get(key).is(Some.with(record, "l", once));
        place.insert(operation, key, "l", value).ok();
        List<@Nullable Object> twice = operation.equals("append") ? joined(once, one) : joined(one, once);
        place.get(key).is(Some.with(record, "l", twice));
    }

    @Property(
            clause = "LIST-2",
            does =
                    "appends and unshifts several values to several lists at once, doubles among them; they stand in the order"
                            + " given",
            lookAt = "the order after unshiftMulti, and doubles")
    void insertMany(Trial t) {
        Place place = t.inKeyValueStore();
        String operation = t.choose("unshiftMulti", "appendMulti");
        boolean there = t.choose(true, false);
        List<Object> given = t.draw(Some.LIST);
        List<@Nullable Object> doubled = Some.withADouble(given);
        String key = t.key();
        List<@Nullable Object> list = there ? Values.list(3) : Values.list();
        if (there) {
            place.given(key, "l", list, "x", 1);
        }
        place.multi(operation, key, "l", doubled, "m", Values.list(1, 2, 1)).ok();
        List<@Nullable Object> right = operation.equals("appendMulti") ? joined(list, doubled) : joined(doubled, list);
        Map<String, @Nullable Object> record = Values.hash("l", right, "m", Values.list(1, 2, 1));
        place.get(key).is(there ? Some.with(record, "x", 1) : record);
        place.multi(operation, key, "m", Values.list(4, 5)).ok();
        List<@Nullable Object> more =
                operation.equals("appendMulti") ? Values.list(1, 2, 1, 4, 5) : Values.list(4, 5, 1, 2, 1);
        place.get(key, "m").is(Values.hash("m", more));
    }

    @Property(
            clause = "LIST-3",
            does =
                    "shifts until a list is empty and once more: each element in its turn, null and other falsy values among"
                            + " them, then nothing",
            lookAt =
                    "elements that are taken for nothing, null that is answered as no result, and the end it is taken from")
    void shiftOne(Trial t) {
        Place place = t.inKeyValueStore();
        List<@Nullable Object> list = t.choose(List.of(
                Values.list(null, 1),
                Values.list(0, false, ""),
                Values.list("a", "a", "b"),
                Values.list(Values.list(1), Values.hash("a", null)),
                Values.list(1, 2, 3),
                Values.list(null, null)));
        String key = t.key();
        place.given(key, "l", list, "x", 1);
        for (int i = 0; i < list.size(); i++) {
            place.take("shift", key, "l").is(list.get(i));
            place.get(key).is(Values.hash("l", list.subList(i + 1, list.size()), "x", 1));
        }
        place.take("shift", key, "l").isNothing();
        place.take("shift", key, "absent").isNothing();
        place.take("shift", t.key(), "l").isNothing();
    }

    @Property(
            clause = "LIST-4",
            does =
                    "shifts several elements of several lists: fewer than there are, as many, more, and none; a missing list"
                            + " answers [], and nothing is created",
            lookAt = "counts of 0 and beyond the end, and records made in order to take from them")
    void shiftMany(Trial t) {
        Place place = t.inKeyValueStore();
        int count = t.choose(2, 3, 5, 1, 0);
        String key = t.key();
        List<@Nullable Object> list = Values.list(null, 1, 1);
        place.given(key, "l", list, "m", Values.list("a", "b"), "x", 1);
        int some = Math.min(count, 3);
        place.takeMulti("shiftMulti", key, "l", count, "m", 1, "absent", 2)
                .is(Values.hash("l", list.subList(0, some), "m", Values.list("a"), "absent", Values.list()));
        place.get(key).is(Values.hash("l", list.subList(some, 3), "m", Values.list("b"), "x", 1));
        String missing = t.key();
        place.takeMulti("shiftMulti", missing, "l", 2).is(Values.hash("l", Values.list()));
        place.take("shift", missing, "l").by("LIST-3").isNothing();
        place.exists(missing).is(false);
        place.get(missing).is(Map.of());
    }

    @Property(
            clause = "LIST-5",
            does =
                    "peeks one and several elements, where there are some, none, and where the field is no list; it removes"
                            + " nothing, creates nothing and is never an error",
            lookAt = "a peek that takes, or that refuses other types")
    void peek(Trial t) {
        Place place = t.inKeyValueStore();
        Object first = t.choose(Values.list(null, 0, "", false, Values.list(1), "a"));
        String key = t.key();
        Map<String, @Nullable Object> record = Values.hash("l", Values.list(first, 2, 2), "empty", Values.list());
        Ops.typesBut("list").forEach(type -> record.put(type, Ops.valueOf(type)));
        place.put(key, record).ok();
        place.take("peek", key, "l").is(first);
        place.take("peek", key, "l").is(first);
        place.take("peek", key, "empty").isNothing();
        place.take("peek", key, "absent").isNothing();
        for (String no : Ops.typesBut("list")) {
            place.take("peek", key, no).isNothing();
            place.takeMulti("peekMulti", key, "l", 2, no, 2, "empty", 1, "absent", 1)
                    .is(Values.hash(
                            "l",
                            Values.list(first, 2),
                            no,
                            Values.list(),
                            "empty",
                            Values.list(),
                            "absent",
                            Values.list()));
        }
        place.takeMulti("peekMulti", key, "l", 9).is(Values.hash("l", Values.list(first, 2, 2)));
        place.takeMulti("peekMulti", key, "l", 0).is(Values.hash("l", Values.list()));
        place.get(key).is(record);
        String missing = t.key();
        place.take("peek", missing, "l").isNothing();
        place.takeMulti("peekMulti", missing, "l", 1).is(Values.hash("l", Values.list()));
        place.exists(missing).is(false);
    }

    @Property(
            clause = "LIST-6",
            does =
                    "appends to, unshifts and shifts a field of each other type, sets among them, by itself and beside right lists"
                            + " in a Multi; it is wrong_type and nothing changes",
            lookAt = "fields that are replaced or wrapped, sets that are taken for lists, and Multis that stop halfway")
    void notAList(Trial t) {
        Place place = t.inKeyValueStore();
        String operation = t.choose("append", "unshift", "shift", "appendMulti", "unshiftMulti", "shiftMulti");
        boolean wrongLast = t.choose(true, false);
        String key = t.key();
        Map<String, @Nullable Object> record = Values.hash("l", Values.list(1, 2), "empty", Values.hash());
        Ops.typesBut("list").forEach(type -> record.put(type, Ops.valueOf(type)));
        place.put(key, record).ok();
        Object right = operation.equals("shiftMulti") ? (Object) 1 : Values.list(9);
        for (String no : record.keySet()) {
            if (no.equals("l")) {
                continue;
            }
            Object[] fields = wrongLast
                    ? new Object[] {"l", right, "new", right, no, right}
                    : new Object[] {no, right, "l", right, "new", right};
            Heard heard = switch (operation) {
                case "append", "unshift" -> place.insert(operation, key, no, 9);
                case "shift" -> place.take(operation, key, no);
                case "shiftMulti" -> place.takeMulti(operation, key, fields);
                default -> place.multi(operation, key, fields);
            };
            heard.isRefused("wrong_type");
        }
        place.get(key).is(record);
    }

    @Property(
            clause = "LIST-7",
            does = "empties a list by shift and by shiftMulti; it is still there, empty, and takes new elements",
            lookAt = "fields, or records, that go with their last element")
    void anEmptiedListStays(Trial t) {
        Place place = t.inKeyValueStore();
        boolean multi = t.choose(false, true);
        String key = t.key();
        place.given(key, "l", Values.list(1));
        if (multi) {
            place.takeMulti("shiftMulti", key, "l", 5).ok();
        } else {
            place.take("shift", key, "l").ok();
        }
        place.get(key).is(Values.hash("l", Values.list()));
        place.exists(key).is(true);
        place.insert("append", key, "l", 2).ok();
        place.get(key).is(Values.hash("l", Values.list(2)));
    }

    @Property(
            clause = "LIST-9",
            does = "shifts and peeks with counts that are negative, fractional or no number; each is invalid_request",
            skipped = "where the API's types make such a count impossible",
            lookAt = "the check of counts",
            share = 40)
    void wrongCounts(Trial t) {
        Place place = t.inKeyValueStore();
        Object count = t.choose(-1, 1.5, "2");
        String operation = t.choose("shiftMulti", "peekMulti");
        String key = t.key();
        place.given(key, "l", Values.list(1, 2));
        place.takeMulti(operation, key, "l", count).isRefused("invalid_request");
        place.get(key).is(Values.hash("l", Values.list(1, 2)));
    }
}
