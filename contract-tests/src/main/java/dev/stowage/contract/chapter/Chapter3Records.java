package dev.stowage.contract.chapter;

import dev.stowage.contract.call.SetValue;
import dev.stowage.contract.call.SuiteValues;
import dev.stowage.contract.generator.Generators;
import dev.stowage.contract.property.Property;
import dev.stowage.contract.property.StoreClient;
import dev.stowage.contract.property.Trial;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chapter 3: reading and writing, except patch and delete. */
final class Chapter3Records {

    @Property(
            clause = "GET-1",
            does = "gets a record that was never written or was deleted; the result is {}",
            lookAt = "what get returns if there is no record")
    void getOfNothing(Trial t) {
        StoreClient client = t.anyStore();
        boolean deleted = t.choose(false, true);
        String key = t.key();
        if (deleted) {
            client.createRecord(key, "a", 1).delete(key).succeeds();
        }
        client.get(key).hasResult(Map.of());
        client.exists(key).forClause("EXISTS-1").hasResult(false);
        client.get(key).hasResult(Map.of());
    }

    @Property(
            clause = "GET-2",
            does = "gets some of a record's fields, including absent ones and fields that hold null, 0, false"
                    + " and the empty string",
            lookAt = "absent fields that are returned as null, and present ones that are treated as absent")
    void getOfFields(Trial t) {
        StoreClient client = t.anyStore();
        Map<String, @Nullable Object> record = SuiteValues.hash(
                "n",
                null,
                "z",
                0,
                "f",
                false,
                "e",
                "",
                "l",
                SuiteValues.list(),
                "x",
                t.draw(Generators.VALUE),
                "xy",
                1,
                "X",
                2);
        List<String> names = t.choose(List.of(
                List.of("x", "absent"),
                List.of("n"),
                List.of("z"),
                List.of("f"),
                List.of("e"),
                List.of("l"),
                List.of("absent", "x", "n", "z", "f", "e"),
                List.of("absent"),
                List.of("x", "x"),
                List.of("absent", "missing"),
                List.of("constructor"),
                List.of("toString", "x"),
                List.of("length")));
        String key = t.key();
        client.put(key, record).succeeds();
        Map<String, @Nullable Object> right = new LinkedHashMap<>(record);
        right.keySet().retainAll(names);
        client.get(key, names.toArray(new String[0])).hasResult(right);
        client.get(key).hasResult(record);
        String missing = t.key();
        client.get(missing, names.toArray(new String[0])).hasResult(Map.of());
        client.exists(missing).hasResult(false);
    }

    @Property(
            clause = "GET-2",
            does = "gets with an empty list of names; the result is {}",
            lookAt = "whether no names mean all of them",
            advisory = true,
            share = 20)
    void getOfNoFields(Trial t) {
        StoreClient client = t.anyStore();
        String key = t.key();
        client.createRecord(key, "a", 1).get(key, new String[0]).hasResult(Map.of());
    }

    @Property(
            clause = "PUT-1",
            does = "puts a record over another; nothing of the first is left, including nested hashes",
            lookAt = "whether put merges")
    void putReplaces(Trial t) {
        StoreClient client = t.anyStore();
        Map<String, Object> first = t.draw(Generators.HASH);
        Map<String, Object> second = t.draw(Generators.HASH);
        String key = t.key();
        client.put(key, Generators.with(Generators.with(first, "only", 1), "h", SuiteValues.hash("a", 1, "b", 2)))
                .succeeds();
        client.put(key, Generators.with(second, "h", SuiteValues.hash("c", 3))).succeeds();
        client.get(key).hasResult(Generators.with(second, "h", SuiteValues.hash("c", 3)));
        client.put(key, second).succeeds();
        client.get(key).hasResult(second);
    }

    @Property(
            clause = "PUT-1",
            does = "puts a set over a set, and {} over a record; nothing of the old value is left",
            lookAt = "whether sets are merged, and whether a put of {} is ignored",
            share = 40)
    void putReplacesSetsAndAll(Trial t) {
        StoreClient client = t.anyKeyValueStore();
        String key = t.key();
        client.createRecord(key, "s", SetValue.numbers(1, 2), "x", 1);
        client.put(key, SuiteValues.hash("s", SetValue.numbers(3))).succeeds();
        client.get(key).hasResult(SuiteValues.hash("s", SetValue.numbers(3)));
        client.put(key, SuiteValues.hash()).succeeds();
        client.get(key).hasResult(Map.of());
    }

    @Property(
            clause = "PUT-2",
            does = "puts three times: the base stores return true, the key-value stores the previous record,"
                    + " {} at first",
            lookAt = "which record put returns: the previous one, complete")
    void putAnswers(Trial t) {
        StoreClient client = t.anyStore();
        Map<String, Object> first = t.draw(Generators.HASH);
        Map<String, Object> second = t.draw(Generators.HASH);
        String key = t.key();
        client.put(key, first).hasResult(client.isKeyValue() ? Map.of() : true);
        client.put(key, second).hasResult(client.isKeyValue() ? first : true);
        client.put(key, second).hasResult(client.isKeyValue() ? second : true);
        client.delete(key).succeeds();
        client.put(key, first).hasResult(client.isKeyValue() ? Map.of() : true);
    }

    @Property(clause = "PUT-3", does = "puts {}; the record exists", lookAt = "whether an empty record counts as none")
    void putOfNothing(Trial t) {
        StoreClient client = t.anyStore();
        String key = t.key();
        client.put(key, Map.of()).succeeds();
        client.exists(key).hasResult(true);
        client.get(key).hasResult(Map.of());
    }

    @Property(
            clause = "EXISTS-1",
            does = "calls exists before and after writes, after deletes, and twice in a row",
            lookAt = "whether reads create records, whether falsy values count as values, and whether deleted"
                    + " records are gone")
    void existsWhatWasWritten(Trial t) {
        StoreClient client = t.anyStore();
        Map<String, @Nullable Object> record = t.choose(List.of(
                SuiteValues.hash("a", 1),
                SuiteValues.hash("a", 0),
                SuiteValues.hash("a", null),
                SuiteValues.hash("a", false),
                SuiteValues.hash("a", ""),
                SuiteValues.hash("a", SuiteValues.hash()),
                SuiteValues.hash("a", SuiteValues.list())));
        String way = t.choose("put", "patch");
        String key = t.key();
        client.exists(key).hasResult(false);
        client.get(key).succeeds();
        client.exists(key).hasResult(false);
        client.call(way, "key", key, "value", record).succeeds();
        client.exists(key).hasResult(true);
        client.exists(key).hasResult(true);
        client.delete(key).succeeds();
        client.exists(key).hasResult(false);
        client.call(way, "key", key, "value", record).succeeds();
        client.exists(key).hasResult(true);
        client.get(key).hasResult(record);
    }

    @Property(
            clause = "EXISTS-1",
            does = "calls exists after each operation that creates a record in the key-value stores",
            lookAt = "the operation whose new record exists does not see",
            share = 60)
    void existsAfterEveryCreation(Trial t) {
        StoreClient client = t.anyKeyValueStore();
        String key = t.key();
        var creating = t.choose(OperationCatalog.keyValueCalls(client.store(), key).stream()
                .filter(call -> call.operation().matches("(increment|append|unshift|add).*"))
                .toList());
        client.call(creating).succeeds();
        client.exists(key).hasResult(true);
        client.delete(key).succeeds();
        client.exists(key).hasResult(false);
        client.get(key).forClause("GET-1").hasResult(Map.of());
    }
}
