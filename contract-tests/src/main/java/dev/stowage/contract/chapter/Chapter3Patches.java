package dev.stowage.contract.chapter;

import dev.stowage.contract.call.Answer;
import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.Client.Next;
import dev.stowage.contract.call.SetValue;
import dev.stowage.contract.call.Values;
import dev.stowage.contract.draw.Some;
import dev.stowage.contract.run.Heard;
import dev.stowage.contract.run.Place;
import dev.stowage.contract.run.Property;
import dev.stowage.contract.run.Trial;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chapter 3: patch, with a hash and with an updater. */
final class Chapter3Patches {

    @Property(
            clause = "PATCH-1",
            does =
                    "patches a record with a hash; its fields are written, null among them, every other one is left, and a nested"
                            + " hash, list or set is replaced and not merged",
            lookAt = "how deep it merges, and what it takes for absent")
    void patchWritesItsFields(Trial t) {
        Place place = t.inAnyStore();
        Map<String, @Nullable Object> record = Values.hash(
                "keep", t.draw(Some.VALUE), "h", Values.hash("a", 1, "b", 2), "l", Values.list(1, 2), "x", "old");
        Map<String, @Nullable Object> patch = t.choose(java.util.List.of(
                Values.hash("x", "new"),
                Values.hash("x", null),
                Values.hash("x", 0),
                Values.hash("x", false),
                Values.hash("x", ""),
                Values.hash("h", Values.hash("a", 9)),
                Values.hash("h", Values.hash()),
                Values.hash("l", Values.list(3)),
                Values.hash("l", Values.list()),
                Values.hash("new", 1),
                Values.hash(),
                Values.hash("h", 5),
                Values.hash("h", Values.hash("c", 3), "l", Values.list(9, 9), "new", null)));
        String key = t.key();
        place.put(key, record).ok();
        place.patch(key, patch).ok();
        Map<String, @Nullable Object> right = new LinkedHashMap<>(record);
        right.putAll(patch);
        place.get(key).is(right);
    }

    @Property(
            clause = "PATCH-1",
            does = "patches one set of a record with another; it is replaced",
            lookAt = "whether sets are merged",
            share = 40)
    void patchReplacesSets(Trial t) {
        Place place = t.inKeyValueStore();
        String key = t.key();
        place.given(key, "s", SetValue.numbers(1, 2), "keep", SetValue.strings("a"));
        place.patch(key, Values.hash("s", SetValue.numbers(3))).ok();
        place.get(key).is(Values.hash("s", SetValue.numbers(3), "keep", SetValue.strings("a")));
    }

    @Property(
            clause = "PATCH-2",
            does =
                    "patches twice and answers the whole record from before, in every store; a missing record is created",
            lookAt = "which record patch answers, and whether all of it")
    void patchAnswers(Trial t) {
        Place place = t.inAnyStore();
        Map<String, Object> first = t.draw(Some.HASH);
        String key = t.key();
        place.patch(key, first).is(Map.of());
        place.get(key).is(first);
        place.exists(key).is(true);
        place.patch(key, Values.hash("more", 1)).is(first);
        place.patch(key, Values.hash("more", 2)).is(Some.with(first, "more", 1));
        place.get(key).is(Some.with(first, "more", 2));
    }

    @Property(
            clause = "PATCH-3",
            does = "patches with an updater that takes a field away and adds one; the record is just what it returned",
            lookAt = "the put with ifVersion that an updater ends with, and the version that get answers")
    void anUpdaterReplaces(Trial t) {
        Place place = t.inAnyStore();
        Map<String, Object> first = t.draw(Some.HASH);
        String key = t.key();
        place.update(key, (current, ttl) -> Next.of(Some.with(current, "made", current.size())))
                .is(Map.of());
        place.get(key).is(Values.hash("made", 0));
        place.put(key, Some.with(first, "gone", 1)).ok();
        place.update(key, (current, ttl) -> {
                    Map<String, @Nullable Object> next = new LinkedHashMap<>(current);
                    next.remove("gone");
                    next.put("made", 2);
                    return Next.of(next);
                })
                .is(Some.with(first, "gone", 1));
        place.get(key).is(Some.with(first, "made", 2));
    }

    @Property(
            clause = "PATCH-3",
            does =
                    "lets another write come between an updater's read and its write, of each kind: it is a version_conflict and"
                            + " the other's write is not lost; a delete followed by a new record is such a write, too",
            skipped = "where the API offers no write on condition of a version",
            lookAt = "whether ifVersion is compared at all, and versions that begin again after a delete")
    void aWriteInBetweenIsNotLost(Trial t) {
        Place place = t.inAnyStore();
        boolean there = t.choose(true, false);
        String between = t.choose("put", "delete and put", "patch", "delete", "two puts", "delete fields");
        String key = t.key();
        if (there) {
            place.given(key, "owner", "first", "x", 1);
        }
        Answer read = place.get(key).ok().answer();
        if (read.version().isEmpty()) {
            throw place.get(key).broken("a version, without which no updater is atomic");
        }
        switch (between) {
            case "put" -> place.put(key, Values.hash("owner", "other")).ok();
            case "delete and put" -> {
                if (!there) {
                    place.put(key, Values.hash("owner", "between")).ok();
                }
                place.delete(key).ok();
                place.put(key, Values.hash("owner", "other")).ok();
            }
            case "patch" -> place.patch(key, Values.hash("owner", "other")).ok();
            case "two puts" -> {
                place.put(key, Values.hash("owner", "between")).ok();
                place.put(key, Values.hash("owner", "other")).ok();
            }
            case "delete fields" -> {
                place.put(key, Values.hash("owner", "other", "x", 1)).ok();
                place.delete(key, "x").ok();
            }
            default -> {
                if (!there) {
                    return;
                }
                place.delete(key).ok();
            }
        }
        Map<String, @Nullable Object> others = between.equals("delete") ? Values.hash() : Values.hash("owner", "other");
        if (there && between.equals("patch")) {
            others.put("x", 1);
        }
        conditional(place, key, read).isRefused("version_conflict");
        place.get(key).is(others);
    }

    private static Heard conditional(Place place, String key, Answer read) {
        return place.call(Call.of(
                place.store(),
                "put",
                "key",
                key,
                "value",
                Values.hash("owner", "mine"),
                "ifVersion",
                read.version().orElse(0)));
    }

    @Property(
            clause = "PATCH-3",
            does = "lets each of the other writing operations come between an updater's read and its write",
            skipped = "where the API offers no write on condition of a version",
            lookAt = "the operation that changes a record and leaves its version")
    void anyOperationInBetweenIsNotLost(Trial t) {
        Place place = t.inKeyValueStore();
        String key = t.key();
        Call between = t.choose(Ops.keyValueCalls(place.store(), key).stream()
                .filter(call -> !call.isRead())
                .toList());
        place.given(key, "n", 1, "l", Values.list(1, 2, 3, 3), "ns", SetValue.numbers(1), "ss", SetValue.strings("a"));
        if (between.operation().startsWith("remove")) {
            place.call(Call.of(place.store(), between.operation().replace("remove", "add"), spread(between)))
                    .ok();
        }
        Answer read = place.get(key).ok().answer();
        place.call(between).ok();
        Map<String, @Nullable Object> others = Ops.hash(place.get(key));
        conditional(place, key, read).isRefused("version_conflict");
        place.get(key).is(others);
    }

    private static @Nullable Object[] spread(Call call) {
        return call.arguments().entrySet().stream()
                .flatMap(argument -> java.util.stream.Stream.of(argument.getKey(), argument.getValue()))
                .toArray();
    }

    @Property(
            clause = "PATCH-3",
            does =
                    "writes on condition of the version that was read, with nothing in between; it succeeds, for a missing record,"
                            + " too, and exactly once",
            skipped = "where the API offers no write on condition of a version",
            lookAt = "the version of a missing record, and of one that was deleted")
    void theRightVersionWins(Trial t) {
        Place place = t.inAnyStore();
        String before = t.choose("missing", "there", "deleted");
        String key = t.key();
        if (!before.equals("missing")) {
            place.given(key, "owner", "first");
        }
        if (before.equals("deleted")) {
            place.delete(key).ok();
        }
        Answer read = place.get(key).ok().answer();
        conditional(place, key, read).ok();
        place.get(key).is(Values.hash("owner", "mine"));
        conditional(place, key, read).isRefused("version_conflict");
    }

    /** What an updater throws in these properties. */
    private static final class OnPurpose extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Property(
            clause = "PATCH-4",
            does = "patches with an updater that throws; the caller gets just that, and the record is as it was",
            lookAt =
                    "whether the updater's own exception comes through, and whether anything was written before it ran")
    void whatAnUpdaterThrows(Trial t) {
        Place place = t.inAnyStore();
        boolean there = t.choose(true, false);
        String key = t.key();
        if (there) {
            place.given(key, "a", 1);
        }
        OnPurpose thrown = new OnPurpose();
        try {
            place.update(key, (current, ttl) -> {
                throw thrown;
            });
            throw t.brokenAt("PATCH-4", "the updater threw, and the patch succeeded.", key);
        } catch (OnPurpose caught) {
            if (caught != thrown) {
                throw t.brokenAt("PATCH-4", "the updater threw one thing, and another one came out.", key);
            }
        } catch (IllegalStateException | IllegalArgumentException wrapped) {
            throw t.brokenAt("PATCH-4", "the updater threw one thing, and " + wrapped + " came out.", key);
        }
        place.get(key).is(there ? Values.hash("a", 1) : Map.of());
        place.exists(key).is(there);
    }

    @Property(
            clause = "PATCH-5",
            does = "patches with an updater that changes what it was given and then throws; the record is as it was",
            lookAt = "whether the updater is given the store's own object")
    void anUpdaterHasACopy(Trial t) {
        Place place = t.inAnyStore();
        String key = t.key();
        place.given(key, "l", Values.list(1), "a", 1);
        try {
            place.update(key, (current, ttl) -> {
                current.put("a", 2);
                if (current.get("l") instanceof java.util.List<?> list) {
                    list.clear();
                }
                throw new OnPurpose();
            });
        } catch (OnPurpose expected) {
            t.count("updater failed on purpose");
        }
        place.get(key).is(Values.hash("l", Values.list(1), "a", 1));
    }
}
