package dev.stowage.contract.chapter;

import dev.stowage.contract.call.Client.Next;
import dev.stowage.contract.call.SetValue;
import dev.stowage.contract.call.Values;
import dev.stowage.contract.draw.Some;
import dev.stowage.contract.run.Heard;
import dev.stowage.contract.run.Property;
import dev.stowage.contract.run.Property.Lane;
import dev.stowage.contract.run.Trial;
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
        Burst.inAnyStore(t, (burst, key, clients) -> {
            if (there) {
                burst.given(key, "n", 0);
            }
            int some = Math.min(clients, 8);
            burst.updating(some, key, i -> (current, ttl) -> {
                        BigDecimal n = current.get("n") instanceof Number number
                                ? java.util.Objects.requireNonNull(Values.decimal(number))
                                : BigDecimal.ZERO;
                        return Next.of(Some.with(current, "n", n.add(BigDecimal.ONE)));
                    })
                    .forEach(Heard::ok);
            Object sum = burst.field(key, "n");
            if (!Values.same(sum, some)) {
                throw burst.broken(
                        "PATCH-3", key, some + " concurrent updaters that add 1 made " + Values.brief(sum) + " of 0.");
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
        Burst.inAnyStore(t, (burst, key, clients) -> {
            if (there) {
                burst.given(key, "n", 0);
            }
            long version = burst.place().get(key).ok().answer().version().orElse(0);
            List<Heard> answers = burst.together(
                    clients, i -> burst.call("put", key, "value", Values.hash("winner", i), "ifVersion", version));
            List<Integer> winners = new ArrayList<>();
            for (int i = 0; i < answers.size(); i++) {
                if (!answers.get(i).answer().isRefused()) {
                    winners.add(i);
                } else {
                    answers.get(i).isRefused("version_conflict");
                }
            }
            if (winners.size() != 1) {
                throw burst.broken(
                        "PATCH-3",
                        key,
                        winners.size() + " of " + clients + " concurrent writes on condition of one version succeeded;"
                                + " due was exactly one.");
            }
            burst.place().get(key).is(Values.hash("winner", winners.get(0)));
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
        Burst.inAnyStore(t, (burst, key, clients) -> {
            if (there) {
                burst.given(key, "x", 1);
            }
            List<Heard> answers =
                    burst.together(clients, i -> burst.call("patch", key, "value", Values.hash("f" + i, i)));
            Map<String, @Nullable Object> record = Ops.hash(burst.place().get(key));
            TreeMap<Integer, Integer> sizes = new TreeMap<>();
            for (int i = 0; i < clients; i++) {
                sizes.merge(Ops.hash(answers.get(i)).size(), 1, Integer::sum);
                if (!Values.same(record.get("f" + i), i)) {
                    throw burst.broken(
                            "LIN-1",
                            key,
                            "of " + clients + " concurrent patches of different fields, that of f" + i + " was lost.");
                }
            }
            if (sizes.size() != clients) {
                throw burst.broken(
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
        Burst.inKeyValueStore(t, (burst, key, clients) -> {
            burst.place().put(key, Values.hash("i", -1)).ok();
            List<Heard> answers = burst.together(clients, i -> burst.call("put", key, "value", Values.hash("i", i)));
            List<String> seen = new ArrayList<>();
            answers.forEach(heard -> seen.add(Values.canonical(Ops.hash(heard).get("i"))));
            seen.add(Values.canonical(burst.field(key, "i")));
            if (seen.stream().distinct().count() != clients + 1) {
                throw burst.broken(
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
        Burst.inKeyValueStore(t, (burst, key, clients) -> {
            burst.given(key, "a", 1);
            List<Heard> answers = burst.together(clients, i -> burst.call("delete", key));
            long got =
                    answers.stream().filter(heard -> !Ops.hash(heard).isEmpty()).count();
            if (got != 1) {
                throw burst.broken(
                        "LIN-1",
                        key,
                        got + " of " + clients + " concurrent deletes were answered the record; due was exactly one.");
            }
            Ops.missing(burst.place(), key);
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
        Burst.inKeyValueStore(t, (burst, key, clients) -> {
            burst.given(key, "gone", 1, "shifted", Values.list(1, 2), "removed", SetValue.numbers(1, 2));
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
            burst.together(some, i -> change(burst, key, chosen.get(i), "f" + i))
                    .forEach(Heard::ok);
            Map<String, @Nullable Object> due = new LinkedHashMap<>();
            for (int i = 0; i < some; i++) {
                due.put("f" + i, after(chosen.get(i)));
            }
            due.values().removeIf(java.util.Objects::isNull);
            due.put("gone", chosen.contains("delete") ? null : 1);
            due.put("shifted", chosen.contains("shift") ? Values.list(2) : Values.list(1, 2));
            due.put("removed", chosen.contains("removeNumber") ? SetValue.numbers(2) : SetValue.numbers(1, 2));
            Map<String, @Nullable Object> record =
                    Ops.hash(burst.place().get(key, due.keySet().toArray(new String[0])));
            if (chosen.contains("delete") && !record.containsKey("gone")) {
                due.remove("gone");
            }
            if (!Values.same(record, due)) {
                throw burst.broken(
                        "LIN-1",
                        key,
                        "concurrent calls of " + chosen + " on different fields left " + Values.brief(record)
                                + "; due was " + Values.brief(due) + ".");
            }
        });
    }

    private static dev.stowage.contract.call.Call change(Burst burst, String key, String operation, String field) {
        return switch (operation) {
            case "patch" -> burst.call("patch", key, "value", Values.hash(field, 1));
            case "increment" -> burst.call("increment", key, "field", field);
            case "incrementMulti" -> burst.call("incrementMulti", key, "amounts", Values.hash(field, 1));
            case "append", "unshift" -> burst.call(operation, key, "field", field, "value", 1);
            case "appendMulti" -> burst.call("appendMulti", key, "values", Values.hash(field, Values.list(1)));
            case "addNumber" -> burst.call("addNumber", key, "field", field, "value", 1);
            case "addString" -> burst.call("addString", key, "field", field, "value", "1");
            case "addStringMulti" -> burst.call("addStringMulti", key, "values", Values.hash(field, List.of("1")));
            case "delete" -> burst.call("delete", key, "fields", List.of("gone"));
            case "shift" -> burst.call("shift", key, "field", "shifted");
            default -> burst.call("removeNumber", key, "field", "removed", "value", 1);
        };
    }

    /** What the field is after it; null where it works on another. */
    private static @Nullable Object after(String operation) {
        return switch (operation) {
            case "patch", "increment", "incrementMulti" -> 1;
            case "append", "unshift", "appendMulti" -> Values.list(1);
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
        Burst.inAnyStore(t, (burst, key, clients) -> {
            Map<String, @Nullable Object> fields = Values.hash("stays", 1);
            for (int i = 0; i < clients; i++) {
                fields.put("f" + i, i);
            }
            burst.given(key, spread(fields));
            burst.together(clients, i -> burst.call("delete", key, "fields", List.of("f" + i)))
                    .forEach(Heard::ok);
            burst.place().get(key, fields.keySet().toArray(new String[0])).is(Values.hash("stays", 1));
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
        Burst.inAnyStore(t, (burst, key, clients) -> {
            burst.given(key, spread(four(-1)));
            List<Heard> answers = burst.together(Math.max(4, clients), i -> switch (i % 4) {
                case 0 -> burst.call("put", key, "value", four(i));
                case 1 -> burst.call("get", key, "fields", List.of("a", "b", "c", "d"));
                case 2 -> burst.call("patch", key, "value", four(i));
                default -> burst.call("exists", key);
            });
            for (int i = 1; i < answers.size(); i += 2) {
                if (i % 4 == 3) {
                    answers.get(i).is(true);
                    continue;
                }
                Map<String, @Nullable Object> seen = Ops.hash(answers.get(i));
                if (seen.size() != 4
                        || seen.values().stream()
                                        .map(Values::canonical)
                                        .distinct()
                                        .count()
                                != 1) {
                    throw burst.broken(
                            "LIN-1",
                            key,
                            "four fields that are always written together were seen as " + Values.brief(seen) + ".");
                }
            }
        });
    }

    private static Map<String, @Nullable Object> four(int value) {
        return Values.hash("a", value, "b", value, "c", value, "d", value);
    }
}
