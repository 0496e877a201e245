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

/** Chapters 3 and 9: that put, patch, delete and updaters are atomic, beside each other and beside all the rest. */
final class RacesOnRecords {

    @Property(
            clause = "PATCH-3",
            does =
                    "has many clients patch one record with an updater that counts, where there is a record and where there is none;"
                            + " every count is there",
            lookAt = "the put with ifVersion: whether the version is compared and the record written in one step",
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
                        some + " concurrent updaters that add 1 made " + SuiteValues.abbreviated(sum) + " of 0.");
            }
        });
    }

    @Property(
            clause = "PATCH-3",
            does = "has many clients put on condition of the same version at once; exactly one succeeds",
            skipped = "where the API offers no write on condition of a version",
            lookAt = "the comparison of the version, which is of no use before the write begins",
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
            List<ResponseAssert> answers = concurrencyBurst.callConcurrently(
                    clients,
                    i -> concurrencyBurst.call(
                            "put", key, "value", SuiteValues.hash("winner", i), "ifVersion", version));
            List<Integer> winners = new ArrayList<>();
            for (int i = 0; i < answers.size(); i++) {
                if (!answers.get(i).actual().isRefused()) {
                    winners.add(i);
                } else {
                    answers.get(i).isRefusedWith("version_conflict");
                }
            }
            if (winners.size() != 1) {
                throw concurrencyBurst.violation(
                        "PATCH-3",
                        key,
                        winners.size() + " of " + clients + " concurrent writes on condition of one version succeeded;"
                                + " due was exactly one.");
            }
            concurrencyBurst.client().get(key).hasResult(SuiteValues.hash("winner", winners.get(0)));
        });
    }

    @Property(
            clause = "LIN-1",
            does =
                    "has many clients patch different fields of one record at once; all fields are there, and each answer is the"
                            + " record after another number of patches",
            lookAt = "patches that read the record, and write all of it, with a gap in between",
            lane = Lane.RACE)
    void patchesOfDifferentFields(Trial t) {
        boolean there = t.choose(true, false);
        ConcurrencyBurst.inAnyStore(t, (concurrencyBurst, key, clients) -> {
            if (there) {
                concurrencyBurst.createRecord(key, "x", 1);
            }
            List<ResponseAssert> answers = concurrencyBurst.callConcurrently(
                    clients, i -> concurrencyBurst.call("patch", key, "value", SuiteValues.hash("f" + i, i)));
            Map<String, @Nullable Object> record =
                    OperationCatalog.hash(concurrencyBurst.client().get(key));
            TreeMap<Integer, Integer> sizes = new TreeMap<>();
            for (int i = 0; i < clients; i++) {
                sizes.merge(OperationCatalog.hash(answers.get(i)).size(), 1, Integer::sum);
                if (!SuiteValues.areEqual(record.get("f" + i), i)) {
                    throw concurrencyBurst.violation(
                            "LIN-1",
                            key,
                            "of " + clients + " concurrent patches of different fields, that of f" + i + " was lost.");
                }
            }
            if (sizes.size() != clients) {
                throw concurrencyBurst.violation(
                        "LIN-1",
                        key,
                        "two of " + clients + " concurrent patches were answered with the same record from before.");
            }
        });
    }

    @Property(
            clause = "LIN-1",
            does =
                    "has many clients put different records under one key at once; each record is answered once as the previous one,"
                            + " but for the last, which is there",
            skipped = "for the answers of base stores, which are true",
            lookAt = "what put answers: just the record that it replaced",
            lane = Lane.RACE)
    void putsAnswerWhatTheyReplaced(Trial t) {
        ConcurrencyBurst.inKeyValueStore(t, (concurrencyBurst, key, clients) -> {
            concurrencyBurst.client().put(key, SuiteValues.hash("i", -1)).succeeds();
            List<ResponseAssert> answers = concurrencyBurst.callConcurrently(
                    clients, i -> concurrencyBurst.call("put", key, "value", SuiteValues.hash("i", i)));
            List<String> seen = new ArrayList<>();
            answers.forEach(response -> seen.add(
                    SuiteValues.canonical(OperationCatalog.hash(response).get("i"))));
            seen.add(SuiteValues.canonical(concurrencyBurst.field(key, "i")));
            if (seen.stream().distinct().count() != clients + 1) {
                throw concurrencyBurst.violation(
                        "LIN-1",
                        key,
                        "of " + clients + " concurrent puts two answered the same previous record: " + seen + ".");
            }
        });
    }

    @Property(
            clause = "LIN-1",
            does = "has many clients delete one record at once; exactly one is answered the record",
            lookAt = "what delete answers: the record that it removed",
            lane = Lane.RACE)
    void oneDeleteGetsTheRecord(Trial t) {
        ConcurrencyBurst.inKeyValueStore(t, (concurrencyBurst, key, clients) -> {
            concurrencyBurst.createRecord(key, "a", 1);
            List<ResponseAssert> answers =
                    concurrencyBurst.callConcurrently(clients, i -> concurrencyBurst.call("delete", key));
            long got = answers.stream()
                    .filter(response -> !OperationCatalog.hash(response).isEmpty())
                    .count();
            if (got != 1) {
                throw concurrencyBurst.violation(
                        "LIN-1",
                        key,
                        got + " of " + clients + " concurrent deletes were answered the record; due was exactly one.");
            }
            OperationCatalog.assertMissing(concurrencyBurst.client(), key);
        });
    }

    @Property(
            clause = "LIN-1",
            does =
                    "has many clients change different fields of one record at once, each by another operation; every change is"
                            + " there",
            lookAt = "operations that each have a lock of their own, or none",
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
            Map<String, @Nullable Object> due = new LinkedHashMap<>();
            for (int i = 0; i < some; i++) {
                due.put("f" + i, after(chosen.get(i)));
            }
            due.values().removeIf(java.util.Objects::isNull);
            due.put("gone", chosen.contains("delete") ? null : 1);
            due.put("shifted", chosen.contains("shift") ? SuiteValues.list(2) : SuiteValues.list(1, 2));
            due.put("removed", chosen.contains("removeNumber") ? SetValue.numbers(2) : SetValue.numbers(1, 2));
            Map<String, @Nullable Object> record = OperationCatalog.hash(
                    concurrencyBurst.client().get(key, due.keySet().toArray(new String[0])));
            if (chosen.contains("delete") && !record.containsKey("gone")) {
                due.remove("gone");
            }
            if (!SuiteValues.areEqual(record, due)) {
                throw concurrencyBurst.violation(
                        "LIN-1",
                        key,
                        "concurrent calls of " + chosen + " on different fields left " + SuiteValues.abbreviated(record)
                                + "; due was " + SuiteValues.abbreviated(due) + ".");
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

    /** What the field is after it; null where it works on another. */
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
            does = "has many clients delete different fields of one record at once; all of them are gone",
            lookAt = "a delete of fields that writes back what another one has deleted",
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
            does =
                    "reads a record again and again while others put and patch it; it is there each time, whole: as one of them"
                            + " wrote it",
            lookAt = "a put that is a delete and a write, or that writes field by field",
            lane = Lane.RACE)
    void nobodySeesHalfAPut(Trial t) {
        ConcurrencyBurst.inAnyStore(t, (concurrencyBurst, key, clients) -> {
            concurrencyBurst.createRecord(key, spread(four(-1)));
            List<ResponseAssert> answers = concurrencyBurst.callConcurrently(Math.max(4, clients), i -> switch (i % 4) {
                case 0 -> concurrencyBurst.call("put", key, "value", four(i));
                case 1 -> concurrencyBurst.call("get", key, "fields", List.of("a", "b", "c", "d"));
                case 2 -> concurrencyBurst.call("patch", key, "value", four(i));
                default -> concurrencyBurst.call("exists", key);
            });
            for (int i = 1; i < answers.size(); i += 2) {
                if (i % 4 == 3) {
                    answers.get(i).hasResult(true);
                    continue;
                }
                Map<String, @Nullable Object> seen = OperationCatalog.hash(answers.get(i));
                if (seen.size() != 4
                        || seen.values().stream()
                                        .map(SuiteValues::canonical)
                                        .distinct()
                                        .count()
                                != 1) {
                    throw concurrencyBurst.violation(
                            "LIN-1",
                            key,
                            "four fields that are always written together were seen as " + SuiteValues.abbreviated(seen)
                                    + ".");
                }
            }
        });
    }

    private static Map<String, @Nullable Object> four(int value) {
        return SuiteValues.hash("a", value, "b", value, "c", value, "d", value);
    }
}
