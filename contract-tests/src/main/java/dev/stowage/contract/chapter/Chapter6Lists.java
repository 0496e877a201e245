package dev.stowage.contract.chapter;

import dev.stowage.contract.call.SuiteValues;
import dev.stowage.contract.generator.Generators;
import dev.stowage.contract.property.Property;
import dev.stowage.contract.property.ResponseAssert;
import dev.stowage.contract.property.StoreClient;
import dev.stowage.contract.property.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chapter 6: lists. {@link RacesOnFields} tests that they are atomic. */
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
            does = "appends and unshifts one value of any type, twice: to a list that has it already, a"
                    + " missing field and a missing record",
            lookAt = "duplicates that are dropped, lists that are flattened, and the end of the list that is changed")
    void insertOne(Trial t) {
        StoreClient client = t.anyKeyValueStore();
        String operation = t.choose("append", "unshift");
        String before = t.choose("list", "missing field", "missing record", "empty list");
        Object value = t.choose(SuiteValues.list(
                "v",
                0,
                null,
                false,
                "",
                SuiteValues.list(1, 2),
                SuiteValues.list(),
                SuiteValues.hash("a", 1),
                2,
                t.draw(Generators.VALUE)));
        String key = t.key();
        List<@Nullable Object> list = before.equals("list") ? SuiteValues.list(1, 2, 2) : SuiteValues.list();
        Map<String, @Nullable Object> record = SuiteValues.hash();
        if (!before.equals("missing record")) {
            record.put("x", 1);
        }
        if (before.contains("list")) {
            record.put("l", list);
        }
        if (!record.isEmpty()) {
            client.put(key, record).succeeds();
        }
        List<@Nullable Object> one = SuiteValues.list(value);
        client.insertIntoList(operation, key, "l", value).succeeds();
        List<@Nullable Object> once = operation.equals("append") ? joined(list, one) : joined(one, list);
        client.get(key).hasResult(Generators.with(record, "l", once));
        client.insertIntoList(operation, key, "l", value).succeeds();
        List<@Nullable Object> twice = operation.equals("append") ? joined(once, one) : joined(one, once);
        client.get(key).hasResult(Generators.with(record, "l", twice));
    }

    @Property(
            clause = "LIST-2",
            does = "appends and unshifts several values to several lists at once, including duplicates; they"
                    + " keep the given order",
            lookAt = "the order after unshiftMulti, and duplicates")
    void insertMany(Trial t) {
        StoreClient client = t.anyKeyValueStore();
        String operation = t.choose("unshiftMulti", "appendMulti");
        boolean there = t.choose(true, false);
        List<Object> given = t.draw(Generators.LIST);
        List<@Nullable Object> doubled = Generators.withDuplicate(given);
        String key = t.key();
        List<@Nullable Object> list = there ? SuiteValues.list(3) : SuiteValues.list();
        if (there) {
            client.createRecord(key, "l", list, "x", 1);
        }
        client.multiOperation(operation, key, "l", doubled, "m", SuiteValues.list(1, 2, 1))
                .succeeds();
        List<@Nullable Object> right = operation.equals("appendMulti") ? joined(list, doubled) : joined(doubled, list);
        Map<String, @Nullable Object> record = SuiteValues.hash("l", right, "m", SuiteValues.list(1, 2, 1));
        client.get(key).hasResult(there ? Generators.with(record, "x", 1) : record);
        client.multiOperation(operation, key, "m", SuiteValues.list(4, 5)).succeeds();
        List<@Nullable Object> more =
                operation.equals("appendMulti") ? SuiteValues.list(1, 2, 1, 4, 5) : SuiteValues.list(4, 5, 1, 2, 1);
        client.get(key, "m").hasResult(SuiteValues.hash("m", more));
    }

    @Property(
            clause = "LIST-3",
            does = "shifts until a list is empty and once more: it returns each element in order, including"
                    + " null and other falsy values, then no result",
            lookAt = "elements that are treated as absent, null that is returned as no result, and the end of"
                    + " the list that is changed")
    void shiftOne(Trial t) {
        StoreClient client = t.anyKeyValueStore();
        List<@Nullable Object> list = t.choose(List.of(
                SuiteValues.list(null, 1),
                SuiteValues.list(0, false, ""),
                SuiteValues.list("a", "a", "b"),
                SuiteValues.list(SuiteValues.list(1), SuiteValues.hash("a", null)),
                SuiteValues.list(1, 2, 3),
                SuiteValues.list(null, null)));
        String key = t.key();
        client.createRecord(key, "l", list, "x", 1);
        for (int i = 0; i < list.size(); i++) {
            client.takeFirst("shift", key, "l").hasResult(list.get(i));
            client.get(key).hasResult(SuiteValues.hash("l", list.subList(i + 1, list.size()), "x", 1));
        }
        client.takeFirst("shift", key, "l").hasNoResult();
        client.takeFirst("shift", key, "absent").hasNoResult();
        client.takeFirst("shift", t.key(), "l").hasNoResult();
    }

    @Property(
            clause = "LIST-4",
            does = "shifts several elements of several lists: fewer than there are, as many, more, and none; a"
                    + " missing list gives [], and nothing is created",
            lookAt = "counts of 0 and beyond the end, and records that shift creates")
    void shiftMany(Trial t) {
        StoreClient client = t.anyKeyValueStore();
        int count = t.choose(2, 3, 5, 1, 0);
        String key = t.key();
        List<@Nullable Object> list = SuiteValues.list(null, 1, 1);
        client.createRecord(key, "l", list, "m", SuiteValues.list("a", "b"), "x", 1);
        int some = Math.min(count, 3);
        client.takeFirstMulti("shiftMulti", key, "l", count, "m", 1, "absent", 2)
                .hasResult(SuiteValues.hash(
                        "l", list.subList(0, some), "m", SuiteValues.list("a"), "absent", SuiteValues.list()));
        client.get(key).hasResult(SuiteValues.hash("l", list.subList(some, 3), "m", SuiteValues.list("b"), "x", 1));
        String missing = t.key();
        client.takeFirstMulti("shiftMulti", missing, "l", 2).hasResult(SuiteValues.hash("l", SuiteValues.list()));
        client.takeFirst("shift", missing, "l").forClause("LIST-3").hasNoResult();
        client.exists(missing).hasResult(false);
        client.get(missing).hasResult(Map.of());
    }

    @Property(
            clause = "LIST-5",
            does = "peeks at one and several elements of a list, an empty list and a field of another type; it"
                    + " removes nothing, creates nothing and is never refused",
            lookAt = "a peek that removes elements, or that refuses other types")
    void peek(Trial t) {
        StoreClient client = t.anyKeyValueStore();
        Object first = t.choose(SuiteValues.list(null, 0, "", false, SuiteValues.list(1), "a"));
        String key = t.key();
        Map<String, @Nullable Object> record =
                SuiteValues.hash("l", SuiteValues.list(first, 2, 2), "empty", SuiteValues.list());
        OperationCatalog.typesExcept("list").forEach(type -> record.put(type, OperationCatalog.valueOf(type)));
        client.put(key, record).succeeds();
        client.takeFirst("peek", key, "l").hasResult(first);
        client.takeFirst("peek", key, "l").hasResult(first);
        client.takeFirst("peek", key, "empty").hasNoResult();
        client.takeFirst("peek", key, "absent").hasNoResult();
        for (String no : OperationCatalog.typesExcept("list")) {
            client.takeFirst("peek", key, no).hasNoResult();
            client.takeFirstMulti("peekMulti", key, "l", 2, no, 2, "empty", 1, "absent", 1)
                    .hasResult(SuiteValues.hash(
                            "l",
                            SuiteValues.list(first, 2),
                            no,
                            SuiteValues.list(),
                            "empty",
                            SuiteValues.list(),
                            "absent",
                            SuiteValues.list()));
        }
        client.takeFirstMulti("peekMulti", key, "l", 9).hasResult(SuiteValues.hash("l", SuiteValues.list(first, 2, 2)));
        client.takeFirstMulti("peekMulti", key, "l", 0).hasResult(SuiteValues.hash("l", SuiteValues.list()));
        client.get(key).hasResult(record);
        String missing = t.key();
        client.takeFirst("peek", missing, "l").hasNoResult();
        client.takeFirstMulti("peekMulti", missing, "l", 1).hasResult(SuiteValues.hash("l", SuiteValues.list()));
        client.exists(missing).hasResult(false);
    }

    @Property(
            clause = "LIST-6",
            does = "appends to, unshifts and shifts a field of each other type, including sets, alone and"
                    + " together with lists in a Multi; it is refused as wrong_type and nothing changes",
            lookAt = "fields that are replaced or wrapped, sets that are treated as lists, and Multis that stop"
                    + " halfway")
    void notAList(Trial t) {
        StoreClient client = t.anyKeyValueStore();
        String operation = t.choose("append", "unshift", "shift", "appendMulti", "unshiftMulti", "shiftMulti");
        boolean wrongLast = t.choose(true, false);
        String key = t.key();
        Map<String, @Nullable Object> record =
                SuiteValues.hash("l", SuiteValues.list(1, 2), "empty", SuiteValues.hash());
        OperationCatalog.typesExcept("list").forEach(type -> record.put(type, OperationCatalog.valueOf(type)));
        client.put(key, record).succeeds();
        Object right = operation.equals("shiftMulti") ? (Object) 1 : SuiteValues.list(9);
        for (String no : record.keySet()) {
            if (no.equals("l")) {
                continue;
            }
            Object[] fields = wrongLast
                    ? new Object[] {"l", right, "new", right, no, right}
                    : new Object[] {no, right, "l", right, "new", right};
            ResponseAssert response = switch (operation) {
                case "append", "unshift" -> client.insertIntoList(operation, key, no, 9);
                case "shift" -> client.takeFirst(operation, key, no);
                case "shiftMulti" -> client.takeFirstMulti(operation, key, fields);
                default -> client.multiOperation(operation, key, fields);
            };
            response.isRefusedWith("wrong_type");
        }
        client.get(key).hasResult(record);
    }

    @Property(
            clause = "LIST-7",
            does = "empties a list by shift and by shiftMulti; it is still there, empty, and accepts new elements",
            lookAt = "fields or records that are removed with their last element")
    void anEmptiedListStays(Trial t) {
        StoreClient client = t.anyKeyValueStore();
        boolean multi = t.choose(false, true);
        String key = t.key();
        client.createRecord(key, "l", SuiteValues.list(1));
        if (multi) {
            client.takeFirstMulti("shiftMulti", key, "l", 5).succeeds();
        } else {
            client.takeFirst("shift", key, "l").succeeds();
        }
        client.get(key).hasResult(SuiteValues.hash("l", SuiteValues.list()));
        client.exists(key).hasResult(true);
        client.insertIntoList("append", key, "l", 2).succeeds();
        client.get(key).hasResult(SuiteValues.hash("l", SuiteValues.list(2)));
    }

    @Property(
            clause = "LIST-9",
            does = "shifts and peeks with counts that are negative, fractional or not a number; each is refused"
                    + " as invalid_request",
            skipped = "if the API's types make such a count impossible",
            lookAt = "the check of counts",
            share = 40)
    void wrongCounts(Trial t) {
        StoreClient client = t.anyKeyValueStore();
        Object count = t.choose(-1, 1.5, "2");
        String operation = t.choose("shiftMulti", "peekMulti");
        String key = t.key();
        client.createRecord(key, "l", SuiteValues.list(1, 2));
        client.takeFirstMulti(operation, key, "l", count).isRefusedWith("invalid_request");
        client.get(key).hasResult(SuiteValues.hash("l", SuiteValues.list(1, 2)));
    }
}
