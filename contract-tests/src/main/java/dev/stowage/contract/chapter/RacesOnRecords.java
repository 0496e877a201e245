package dev.stowage.contract.chapter;

import dev.stowage.contract.call.Client.Next;
import dev.stowage.contract.call.SetValue;
import dev.stowage.contract.call.SuiteValues;
import dev.stowage.contract.generator.Generators;
import dev.stowage.contract.property.Property;
import dev.stowage.contract.property.Property.Lane;
import dev.stowage.contract.property.ResponseAssert;
import dev.stowage.contract.property.Trial;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Chapters 3 and 9: put, patch, delete and updaters are atomic, with respect to each other and to all other operations. */
final class RacesOnRecords {

    @Property(
            clause = "PATCH-3",
            does = "patches a record, or a missing one, concurrently by many clients with an updater that"
                    + " counts; every count is there",
            lookAt = "the put with ifVersion: the version must be compared and the record written in one atomic step",
            lane = Lane.RACE,
            share = 150)
    void updatersLoseNothing(Trial t) {
        boolean there = t.choose(true, false);
        ConcurrencyBurst.inAnyStore(t, (concurrencyBurst, key, clients) -> {
            if (there) {
                concurrencyBurst.createRecord(key, "n", 0);
            }
            int some = Math.min(clients, 8);
            concurrencyBurst
                    .updateConcurrently(some, key, i -> (current, ttl) -> {
                        BigDecimal n = current.get("n") instanceof Number number
                                ? java.util.Objects.requireNonNull(SuiteValues.decimal(number))
                                : BigDecimal.ZERO;
                        return Next.of(Generators.with(current, "n", n.add(BigDecimal.ONE)));
                    })
                    .forEach(ResponseAssert::succeeds);
            Object sum = concurrencyBurst.field(key, "n");
            if (!SuiteValues.areEqual(sum, some)) {
                throw concurrencyBurst.violation(
                        "PATCH-3",
                        key,
                        some + " concurrent updaters that add 1 to a field that was 0: expected " + some + " but was "
                                + SuiteValues.abbreviated(sum) + ".");
            }
        });
    }

    @Property(
            clause = "PATCH-3",
            does = "puts concurrently by many clients, all conditional on the same version; exactly one succeeds",
            skipped = "if the API has no conditional write",
            lookAt = "the comparison of the version, which must be atomic with the write",
            lane = Lane.RACE,
            share = 150)
    void oneOfTheSameVersionWins(Trial t) {
        boolean there = t.choose(true, false);
        ConcurrencyBurst.inAnyStore(t, (concurrencyBurst, key, clients) -> {
            if (there) {
                concurrencyBurst.createRecord(key, "n", 0);
            }
            long version = concurrencyBurst
                    .client()
                    .get(key)
                    .succeeds()
                    .actual()
                    .version()
                    .orElse(0);
            List<ResponseAssert> responses = concurrencyBurst.callConcurrently(
                    clients,
                    i -> concurrencyBurst.call(
                            "put", key, "value", SuiteValues.hash("winner", i), "ifVersion", version));
            List<Integer> winners = new ArrayList<>();
            for (int i = 0; i < responses.size(); i++) {
                if (!responses.get(i).actual().isRefused()) {
                    winners.add(i);
                } else {
                    responses.get(i).isRefusedWith("version_conflict");
                }
            }
            if (winners.size() != 1) {
                throw concurrencyBurst.violation(
                        "PATCH-3",
                        key,
                        winners.size() + " of " + clients + " concurrent writes conditional on one version"
                                + " succeeded; expected exactly one.");
            }
            concurrencyBurst.client().get(key).hasResult(SuiteValues.hash("winner", winners.get(0)));
        });
    }

    @Property(
            clause = "LIN-1",
            does = "patches different fields of one record concurrently by many clients; all fields are there,"
                    + " and each result is the record after a different number of patches",
            lookAt = "patches that read the record and write all of it, not atomically",
            lane = Lane.RACE)
    void patchesOfDifferentFields(Trial t) {
        boolean there = t.choose(true, false);
        ConcurrencyBurst.inAnyStore(t, (concurrencyBurst, key, clients) -> {
            if (there) {
                concurrencyBurst.createRecord(key, "x", 1);
            }
            List<ResponseAssert> responses = concurrencyBurst.callConcurrently(
                    clients, i -> concurrencyBurst.call("patch", key, "value", SuiteValues.hash("f" + i, i)));
            Map<String, @Nullable Object> record =
                    OperationCatalog.hash(concurrencyBurst.client().get(key));
            TreeMap<Integer, Integer> sizes = new TreeMap<>();
            for (int i = 0; i < clients; i++) {
                sizes.merge(OperationCatalog.hash(responses.get(i)).size(), 1, Integer::sum);
                if (!SuiteValues.areEqual(record.get("f" + i), i)) {
                    throw concurrencyBurst.violation(
                            "LIN-1",
                            key,
                            "of " + clients + " concurrent patches of different fields, that of f" + i + " was"
                                    + " lost.");
                }
            }
            if (sizes.size() != clients) {
                throw concurrencyBurst.violation(
                        "LIN-1", key, "two of " + clients + " concurrent patches returned the same previous record.");
            }
        });
    }

    @Property(
            clause = "LIN-1",
            does = "puts different records under one key concurrently by many clients; each record is returned"
                    + " once as the previous one, except the last, which stays",
            skipped = "for the results of base stores, which are true",
            lookAt = "what put returns: exactly the record that it replaced",
            lane = Lane.RACE)
    void putsAnswerWhatTheyReplaced(Trial t) {
        ConcurrencyBurst.inKeyValueStore(t, (concurrencyBurst, key, clients) -> {
            concurrencyBurst.client().put(key, SuiteValues.hash("i", -1)).succeeds();
            List<ResponseAssert> responses = concurrencyBurst.callConcurrently(
                    clients, i -> concurrencyBurst.call("put", key, "value", SuiteValues.hash("i", i)));
            List<String> seen = new ArrayList<>();
            responses.forEach(response -> seen.add(
                    SuiteValues.canonical(OperationCatalog.hash(response).get("i"))));
            seen.add(SuiteValues.canonical(concurrencyBurst.field(key, "i")));
            if (seen.stream().distinct().count() != clients + 1) {
                throw concurrencyBurst.violation(
                        "LIN-1",
                        key,
                        "of " + clients + " concurrent puts two returned the same previous record: " + seen + ".");
            }
        });
    }

    @Property(
            clause = "LIN-1",
            does = "deletes one record concurrently by many clients; exactly one call returns the record",
            lookAt = "what delete returns: the record that it removed",
            lane = Lane.RACE)
    void oneDeleteGetsTheRecord(Trial t) {
        ConcurrencyBurst.inKeyValueStore(t, (concurrencyBurst, key, clients) -> {
            concurrencyBurst.createRecord(key, "a", 1);
            List<ResponseAssert> responses =
                    concurrencyBurst.callConcurrently(clients, i -> concurrencyBurst.call("delete", key));
            long got = responses.stream()
                    .filter(response -> !OperationCatalog.hash(response).isEmpty())
                    .count();
            if (got != 1) {
                throw concurrencyBurst.violation(
                        "LIN-1",
                        key,
                        got + " of " + clients + " concurrent deletes returned the record; expected exactly one.");
            }
            OperationCatalog.assertMissing(concurrencyBurst.client(), key);
        });
    }

    @Property(
            clause = "LIN-1",
            does = "changes different fields of one record concurrently by many clients, each with another"
                    + " operation; every change is there",
            lookAt = "operations that use separate locks, or none",
            lane = Lane.RACE,
            share = 200)
    void differentOperationsBesideEachOther(Trial t) {
        ConcurrencyBurst.inKeyValueStore(t, (concurrencyBurst, key, clients) -> {
            concurrencyBurst.createRecord(
                    key, "gone", 1, "shifted", SuiteValues.list(1, 2), "removed", SetValue.numbers(1, 2));
            List<String> operations = List.of(
                    "patch",
                    "increment",
                    "append",
                    "addNumber",
                    "delete",
                    "shift",
                    "addString",
                    "removeNumber",
                    "unshift",
                    "incrementMulti",
                    "appendMulti",
                    "patch",
                    "increment",
                    "append",
                    "addStringMulti",
                    "patch");
            int some = Math.min(operations.size(), clients);
            int from = clients == 2 || clients == 3 ? t.number() + (int) (System.nanoTime() % 7) : 0;
            List<String> chosen = new ArrayList<>();
            for (int i = 0; i < some; i++) {
                chosen.add(operations.get((from + i * (clients <= 3 ? 3 : 1)) % operations.size()));
            }
            concurrencyBurst
                    .callConcurrently(some, i -> change(concurrencyBurst, key, chosen.get(i), "f" + i))
                    .forEach(ResponseAssert::succeeds);
            Map<String, @Nullable Object> expected = new LinkedHashMap<>();
            for (int i = 0; i < some; i++) {
                expected.put("f" + i, after(chosen.get(i)));
            }
            expected.values().removeIf(java.util.Objects::isNull);
            expected.put("gone", chosen.contains("delete") ? null : 1);
            expected.put("shifted", chosen.contains("shift") ? SuiteValues.list(2) : SuiteValues.list(1, 2));
            expected.put("removed", chosen.contains("removeNumber") ? SetValue.numbers(2) : SetValue.numbers(1, 2));
            Map<String, @Nullable Object> record = OperationCatalog.hash(
                    concurrencyBurst.client().get(key, expected.keySet().toArray(new String[0])));
            if (chosen.contains("delete") && !record.containsKey("gone")) {
                expected.remove("gone");
            }
            if (!SuiteValues.areEqual(record, expected)) {
                throw concurrencyBurst.violation(
                        "LIN-1",
                        key,
                        "concurrent calls of " + chosen + " on different fields: expected "
                                + SuiteValues.abbreviated(expected) + " but was " + SuiteValues.abbreviated(record)
                                + ".");
            }
        });
    }

    private static dev.stowage.contract.call.Call change(
            ConcurrencyBurst concurrencyBurst, String key, String operation, String field) {
        return switch (operation) {
            case "patch" -> concurrencyBurst.call("patch", key, "value", SuiteValues.hash(field, 1));
            case "increment" -> concurrencyBurst.call("increment", key, "field", field);
            case "incrementMulti" ->
                concurrencyBurst.call("incrementMulti", key, "amounts", SuiteValues.hash(field, 1));
            case "append", "unshift" -> concurrencyBurst.call(operation, key, "field", field, "value", 1);
            case "appendMulti" ->
                concurrencyBurst.call("appendMulti", key, "values", SuiteValues.hash(field, SuiteValues.list(1)));
            case "addNumber" -> concurrencyBurst.call("addNumber", key, "field", field, "value", 1);
            case "addString" -> concurrencyBurst.call("addString", key, "field", field, "value", "1");
            case "addStringMulti" ->
                concurrencyBurst.call("addStringMulti", key, "values", SuiteValues.hash(field, List.of("1")));
            case "delete" -> concurrencyBurst.call("delete", key, "fields", List.of("gone"));
            case "shift" -> concurrencyBurst.call("shift", key, "field", "shifted");
            default -> concurrencyBurst.call("removeNumber", key, "field", "removed", "value", 1);
        };
    }

    /** The value of the field after the operation; null if the operation changes another field. */
    private static @Nullable Object after(String operation) {
        return switch (operation) {
            case "patch", "increment", "incrementMulti" -> 1;
            case "append", "unshift", "appendMulti" -> SuiteValues.list(1);
            case "addNumber" -> SetValue.numbers(1);
            case "addString", "addStringMulti" -> SetValue.strings("1");
            default -> null;
        };
    }

    @Property(
            clause = "LIN-1",
            does = "deletes different fields of one record concurrently by many clients; all of them are gone",
            lookAt = "a delete of fields that restores fields that another one deleted",
            lane = Lane.RACE,
            share = 60)
    void deletesOfDifferentFields(Trial t) {
        ConcurrencyBurst.inAnyStore(t, (concurrencyBurst, key, clients) -> {
            Map<String, @Nullable Object> fields = SuiteValues.hash("stays", 1);
            for (int i = 0; i < clients; i++) {
                fields.put("f" + i, i);
            }
            concurrencyBurst.createRecord(key, spread(fields));
            concurrencyBurst
                    .callConcurrently(clients, i -> concurrencyBurst.call("delete", key, "fields", List.of("f" + i)))
                    .forEach(ResponseAssert::succeeds);
            concurrencyBurst
                    .client()
                    .get(key, fields.keySet().toArray(new String[0]))
                    .hasResult(SuiteValues.hash("stays", 1));
        });
    }

    private static @Nullable Object[] spread(Map<String, @Nullable Object> fields) {
        return fields.entrySet().stream()
                .flatMap(field -> java.util.stream.Stream.of(field.getKey(), field.getValue()))
                .toArray();
    }

    @Property(
            clause = "LIN-1",
            does = "reads a record repeatedly while others put and patch it; it is there each time, complete,"
                    + " as one of them wrote it",
            lookAt = "a put that deletes and then writes, or that writes field by field",
            lane = Lane.RACE)
    void nobodySeesHalfAPut(Trial t) {
        ConcurrencyBurst.inAnyStore(t, (concurrencyBurst, key, clients) -> {
            concurrencyBurst.createRecord(key, spread(four(-1)));
            List<ResponseAssert> responses =
                    concurrencyBurst.callConcurrently(Math.max(4, clients), i -> switch (i % 4) {
                        case 0 -> concurrencyBurst.call("put", key, "value", four(i));
                        case 1 -> concurrencyBurst.call("get", key, "fields", List.of("a", "b", "c", "d"));
                        case 2 -> concurrencyBurst.call("patch", key, "value", four(i));
                        default -> concurrencyBurst.call("exists", key);
                    });
            for (int i = 1; i < responses.size(); i += 2) {
                if (i % 4 == 3) {
                    responses.get(i).hasResult(true);
                    continue;
                }
                Map<String, @Nullable Object> seen = OperationCatalog.hash(responses.get(i));
                if (seen.size() != 4
                        || seen.values().stream()
                                        .map(SuiteValues::canonical)
                                        .distinct()
                                        .count()
                                != 1) {
                    throw concurrencyBurst.violation(
                            "LIN-1",
                            key,
                            "expected equal values of four fields that are always written together but was"
                                    + " " + SuiteValues.abbreviated(seen)
                                    + ".");
                }
            }
        });
    }

    private static Map<String, @Nullable Object> four(int value) {
        return SuiteValues.hash("a", value, "b", value, "c", value, "d", value);
    }
}
