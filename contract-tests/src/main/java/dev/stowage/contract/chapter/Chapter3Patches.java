package dev.stowage.contract.chapter;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.Client.Next;
import dev.stowage.contract.call.Response;
import dev.stowage.contract.call.SetValue;
import dev.stowage.contract.call.SuiteValues;
import dev.stowage.contract.generator.Generators;
import dev.stowage.contract.property.Property;
import dev.stowage.contract.property.ResponseAssert;
import dev.stowage.contract.property.StoreClient;
import dev.stowage.contract.property.Trial;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chapter 3: patch, with a hash and with an updater. */
final class Chapter3Patches {

    @Property(
            clause = "PATCH-1",
            does = "patches a record with a hash; its fields are written, including null, all other fields are"
                    + " kept, and a nested hash, list or set is replaced, not merged",
            lookAt = "how deep it merges, and which values it treats as absent")
    void patchWritesItsFields(Trial t) {
        StoreClient client = t.anyStore();
        Map<String, @Nullable Object> record = SuiteValues.hash(
                "keep",
                t.draw(Generators.VALUE),
                "h",
                SuiteValues.hash("a", 1, "b", 2),
                "l",
                SuiteValues.list(1, 2),
                "x",
                "old");
        Map<String, @Nullable Object> patch = t.choose(java.util.List.of(
                SuiteValues.hash("x", "new"),
                SuiteValues.hash("x", null),
                SuiteValues.hash("x", 0),
                SuiteValues.hash("x", false),
                SuiteValues.hash("x", ""),
                SuiteValues.hash("h", SuiteValues.hash("a", 9)),
                SuiteValues.hash("h", SuiteValues.hash()),
                SuiteValues.hash("l", SuiteValues.list(3)),
                SuiteValues.hash("l", SuiteValues.list()),
                SuiteValues.hash("new", 1),
                SuiteValues.hash(),
                SuiteValues.hash("h", 5),
                SuiteValues.hash("h", SuiteValues.hash("c", 3), "l", SuiteValues.list(9, 9), "new", null)));
        String key = t.key();
        client.put(key, record).succeeds();
        client.patch(key, patch).succeeds();
        Map<String, @Nullable Object> right = new LinkedHashMap<>(record);
        right.putAll(patch);
        client.get(key).hasResult(right);
    }

    @Property(
            clause = "PATCH-1",
            does = "patches a set with another set; it is replaced",
            lookAt = "whether sets are merged",
            share = 40)
    void patchReplacesSets(Trial t) {
        StoreClient client = t.anyKeyValueStore();
        String key = t.key();
        client.createRecord(key, "s", SetValue.numbers(1, 2), "keep", SetValue.strings("a"));
        client.patch(key, SuiteValues.hash("s", SetValue.numbers(3))).succeeds();
        client.get(key).hasResult(SuiteValues.hash("s", SetValue.numbers(3), "keep", SetValue.strings("a")));
    }

    @Property(
            clause = "PATCH-2",
            does = "patches twice; each returns the whole previous record, in every store, and a missing"
                    + " record is created",
            lookAt = "which record patch returns, and whether it is complete")
    void patchAnswers(Trial t) {
        StoreClient client = t.anyStore();
        Map<String, Object> first = t.draw(Generators.HASH);
        String key = t.key();
        client.patch(key, first).hasResult(Map.of());
        client.get(key).hasResult(first);
        client.exists(key).hasResult(true);
        client.patch(key, SuiteValues.hash("more", 1)).hasResult(first);
        client.patch(key, SuiteValues.hash("more", 2)).hasResult(Generators.with(first, "more", 1));
        client.get(key).hasResult(Generators.with(first, "more", 2));
    }

    @Property(
            clause = "PATCH-3",
            does = "patches with an updater that removes a field and adds one; the record is exactly what it"
                    + " returned",
            lookAt = "the put with ifVersion that applies an updater, and the version that get returns")
    void anUpdaterReplaces(Trial t) {
        StoreClient client = t.anyStore();
        Map<String, Object> first = t.draw(Generators.HASH);
        String key = t.key();
        client.update(key, (current, ttl) -> Next.of(Generators.with(current, "made", current.size())))
                .hasResult(Map.of());
        client.get(key).hasResult(SuiteValues.hash("made", 0));
        client.put(key, Generators.with(first, "gone", 1)).succeeds();
        client.update(key, (current, ttl) -> {
                    Map<String, @Nullable Object> next = new LinkedHashMap<>(current);
                    next.remove("gone");
                    next.put("made", 2);
                    return Next.of(next);
                })
                .hasResult(Generators.with(first, "gone", 1));
        client.get(key).hasResult(Generators.with(first, "made", 2));
    }

    @Property(
            clause = "PATCH-3",
            does = "makes another write, of each kind, between an updater's read and its write: the updater's"
                    + " write is refused as version_conflict and the other write is not lost; this"
                    + " includes a delete followed by a new record",
            skipped = "if the API has no conditional write",
            lookAt = "whether ifVersion is compared, and whether versions restart after a delete")
    void aWriteInBetweenIsNotLost(Trial t) {
        StoreClient client = t.anyStore();
        boolean there = t.choose(true, false);
        String between = t.choose("put", "delete and put", "patch", "delete", "two puts", "delete fields");
        String key = t.key();
        if (there) {
            client.createRecord(key, "owner", "first", "x", 1);
        }
        Response read = client.get(key).succeeds().actual();
        if (read.version().isEmpty()) {
            throw client.get(key).violation("a version, which updaters require");
        }
        switch (between) {
            case "put" -> client.put(key, SuiteValues.hash("owner", "other")).succeeds();
            case "delete and put" -> {
                if (!there) {
                    client.put(key, SuiteValues.hash("owner", "between")).succeeds();
                }
                client.delete(key).succeeds();
                client.put(key, SuiteValues.hash("owner", "other")).succeeds();
            }
            case "patch" ->
                client.patch(key, SuiteValues.hash("owner", "other")).succeeds();
            case "two puts" -> {
                client.put(key, SuiteValues.hash("owner", "between")).succeeds();
                client.put(key, SuiteValues.hash("owner", "other")).succeeds();
            }
            case "delete fields" -> {
                client.put(key, SuiteValues.hash("owner", "other", "x", 1)).succeeds();
                client.delete(key, "x").succeeds();
            }
            default -> {
                if (!there) {
                    return;
                }
                client.delete(key).succeeds();
            }
        }
        Map<String, @Nullable Object> otherWrite =
                between.equals("delete") ? SuiteValues.hash() : SuiteValues.hash("owner", "other");
        if (there && between.equals("patch")) {
            otherWrite.put("x", 1);
        }
        conditional(client, key, read).isRefusedWith("version_conflict");
        client.get(key).hasResult(otherWrite);
    }

    private static ResponseAssert conditional(StoreClient client, String key, Response read) {
        return client.call(Call.of(
                client.store(),
                "put",
                "key",
                key,
                "value",
                SuiteValues.hash("owner", "mine"),
                "ifVersion",
                read.version().orElse(0)));
    }

    @Property(
            clause = "PATCH-3",
            does = "makes each other writing operation between an updater's read and its write; the updater's"
                    + " write is refused",
            skipped = "if the API has no conditional write",
            lookAt = "the operation that changes a record but not its version")
    void anyOperationInBetweenIsNotLost(Trial t) {
        StoreClient client = t.anyKeyValueStore();
        String key = t.key();
        Call between = t.choose(OperationCatalog.keyValueCalls(client.store(), key).stream()
                .filter(call -> !call.isRead())
                .toList());
        client.createRecord(
                key, "n", 1, "l", SuiteValues.list(1, 2, 3, 3), "ns", SetValue.numbers(1), "ss", SetValue.strings("a"));
        if (between.operation().startsWith("remove")) {
            client.call(Call.of(client.store(), between.operation().replace("remove", "add"), spread(between)))
                    .succeeds();
        }
        Response read = client.get(key).succeeds().actual();
        client.call(between).succeeds();
        Map<String, @Nullable Object> otherWrite = OperationCatalog.hash(client.get(key));
        conditional(client, key, read).isRefusedWith("version_conflict");
        client.get(key).hasResult(otherWrite);
    }

    private static @Nullable Object[] spread(Call call) {
        return call.arguments().entrySet().stream()
                .flatMap(argument -> java.util.stream.Stream.of(argument.getKey(), argument.getValue()))
                .toArray();
    }

    @Property(
            clause = "PATCH-3",
            does = "writes conditionally on the version that was read, with nothing in between; it succeeds"
                    + " exactly once, also for a missing record",
            skipped = "if the API has no conditional write",
            lookAt = "the version of a missing record and of a deleted one")
    void theRightVersionWins(Trial t) {
        StoreClient client = t.anyStore();
        String before = t.choose("missing", "there", "deleted");
        String key = t.key();
        if (!before.equals("missing")) {
            client.createRecord(key, "owner", "first");
        }
        if (before.equals("deleted")) {
            client.delete(key).succeeds();
        }
        Response read = client.get(key).succeeds().actual();
        conditional(client, key, read).succeeds();
        client.get(key).hasResult(SuiteValues.hash("owner", "mine"));
        conditional(client, key, read).isRefusedWith("version_conflict");
    }

    /** What an updater throws in these properties. */
    private static final class OnPurpose extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Property(
            clause = "PATCH-4",
            does = "patches with an updater that throws; the caller gets the same exception, and the record is"
                    + " unchanged",
            lookAt = "whether the updater's exception is passed on, and whether anything is written before the"
                    + " updater runs")
    void whatAnUpdaterThrows(Trial t) {
        StoreClient client = t.anyStore();
        boolean there = t.choose(true, false);
        String key = t.key();
        if (there) {
            client.createRecord(key, "a", 1);
        }
        OnPurpose thrown = new OnPurpose();
        try {
            client.update(key, (current, ttl) -> {
                throw thrown;
            });
            throw t.violationAtKeys("PATCH-4", "expected the updater's exception but was success.", key);
        } catch (OnPurpose caught) {
            if (caught != thrown) {
                throw t.violationAtKeys("PATCH-4", "expected the updater's exception but was another one.", key);
            }
        } catch (IllegalStateException | IllegalArgumentException wrapped) {
            throw t.violationAtKeys("PATCH-4", "expected the updater's exception but was " + wrapped + ".", key);
        }
        client.get(key).hasResult(there ? SuiteValues.hash("a", 1) : Map.of());
        client.exists(key).hasResult(there);
    }

    @Property(
            clause = "PATCH-5",
            does = "patches with an updater that changes its argument and then throws; the record is unchanged",
            lookAt = "whether the updater gets the store's own object")
    void anUpdaterHasACopy(Trial t) {
        StoreClient client = t.anyStore();
        String key = t.key();
        client.createRecord(key, "l", SuiteValues.list(1), "a", 1);
        try {
            client.update(key, (current, ttl) -> {
                current.put("a", 2);
                if (current.get("l") instanceof java.util.List<?> list) {
                    list.clear();
                }
                throw new OnPurpose();
            });
        } catch (OnPurpose expected) {
            t.count("updater failed on purpose");
        }
        client.get(key).hasResult(SuiteValues.hash("l", SuiteValues.list(1), "a", 1));
    }
}
