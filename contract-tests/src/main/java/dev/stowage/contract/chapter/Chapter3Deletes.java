package dev.stowage.contract.chapter;

import dev.stowage.contract.call.SuiteValues;
import dev.stowage.contract.generator.Generators;
import dev.stowage.contract.property.Property;
import dev.stowage.contract.property.StoreClient;
import dev.stowage.contract.property.Trial;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chapter 3: delete. */
final class Chapter3Deletes {

    @Property(
            clause = "DEL-1",
            does = "deletes a record, twice; it is gone with all its fields, and delete returns true in the"
                    + " base stores, and the deleted record, then {}, in the key-value stores",
            lookAt = "what is left of a deleted record, and what delete returns if there is none")
    void deleteRemoves(Trial t) {
        StoreClient client = t.anyStore();
        Map<String, Object> record = t.draw(Generators.HASH);
        String key = t.key();
        String other = t.key();
        client.createRecord(other, "o", 1);
        client.delete(key).hasResult(client.isKeyValue() ? Map.of() : true);
        client.put(key, record).succeeds();
        client.delete(key).hasResult(client.isKeyValue() ? record : true);
        client.get(key).hasResult(Map.of());
        client.exists(key).hasResult(false);
        client.delete(key).hasResult(client.isKeyValue() ? Map.of() : true);
        client.patch(key, SuiteValues.hash("new", 1)).hasResult(Map.of());
        client.get(key).hasResult(SuiteValues.hash("new", 1));
        client.get(other).hasResult(SuiteValues.hash("o", 1));
    }

    @Property(
            clause = "DEL-2",
            does = "deletes fields, including absent ones and fields that hold null, 0 and false; every other"
                    + " field stays, and the key-value stores return at least the removed fields",
            lookAt = "fields that are not deleted because of their value, and other fields that are")
    void deleteOfFields(Trial t) {
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
                SuiteValues.list(1, 1),
                "x",
                t.draw(Generators.VALUE),
                "keep",
                1);
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
        client.put(key, record).succeeds();
        Map<String, @Nullable Object> removed = new java.util.LinkedHashMap<>(record);
        removed.keySet().retainAll(names);
        Map<String, @Nullable Object> rest = new java.util.LinkedHashMap<>(record);
        rest.keySet().removeAll(names);
        var response = client.delete(key, names.toArray(new String[0]));
        if (client.isKeyValue()) {
            response.containsFields(removed);
        } else {
            response.forClause("DEL-1").hasResult(true);
        }
        client.get(key).hasResult(rest);
        client.exists(key).hasResult(true);
    }

    @Property(
            clause = "DEL-2",
            does = "deletes some fields; the result is exactly those",
            lookAt = "what else is returned",
            advisory = true,
            share = 20)
    void deleteAnswersJustThose(Trial t) {
        StoreClient client = t.anyKeyValueStore();
        String key = t.key();
        client.createRecord(key, "a", 1, "b", 2).delete(key, "a", "absent").hasResult(SuiteValues.hash("a", 1));
    }

    @Property(
            clause = "DEL-3",
            does = "deletes a record's last field: the record still exists, empty; and fields of a missing"
                    + " record: nothing is created",
            lookAt = "whether an empty record is removed, or a missing one is created by delete")
    void theLastField(Trial t) {
        StoreClient client = t.anyStore();
        boolean several = t.choose(false, true);
        String key = t.key();
        if (several) {
            client.createRecord(key, "a", 1, "b", 2).delete(key, "a", "b").succeeds();
        } else {
            client.createRecord(key, "a", 1).delete(key, "a").succeeds();
        }
        client.exists(key).hasResult(true);
        client.get(key).hasResult(Map.of());
        String missing = t.key();
        client.delete(missing, "a").succeeds();
        client.exists(missing).hasResult(false);
        client.get(missing).hasResult(Map.of());
    }
}
