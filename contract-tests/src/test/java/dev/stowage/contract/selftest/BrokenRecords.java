package dev.stowage.contract.selftest;

import static dev.stowage.contract.selftest.BrokenStore.expiring;
import static dev.stowage.contract.selftest.BrokenStore.racing;
import static dev.stowage.contract.selftest.BrokenStore.replacingCall;
import static dev.stowage.contract.selftest.BrokenStore.replacingResponse;
import static dev.stowage.contract.selftest.BrokenStore.writing;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.Response;
import dev.stowage.contract.call.SuiteValues;
import dev.stowage.contract.model.RecordState;
import dev.stowage.storage.StoreName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Broken stores for chapters 3 and 4. */
final class BrokenRecords {

    private BrokenRecords() {}

    private static boolean is(Call call, String operations) {
        return call.operation().matches(operations);
    }

    private static Map<String, Object> copy(RecordState state) {
        return MinimalService.copy(state);
    }

    private static RecordState merged(RecordState before, RecordState right) {
        Map<String, Object> all = copy(before);
        all.putAll(right.hash());
        return RecordState.of(all);
    }

    static List<BrokenStore> chapter3() {
        return List.of(
                replacingResponse(
                        "GET-1",
                        "refuses to get a missing record",
                        (call, before, right) -> is(call, "get") && !call.has("fields") && before.isMissing()
                                ? Response.refused("not_found", 404, "Nothing.")
                                : right),
                replacingResponse("GET-2", "returns null for absent fields", (call, before, right) -> {
                    if (!is(call, "get") || !call.has("fields") || right.isRefused()) {
                        return right;
                    }
                    Map<String, Object> all = new LinkedHashMap<>();
                    ((List<?>) call.argument("fields"))
                            .forEach(field -> all.put("" + field, before.hash().get("" + field)));
                    return Response.of(all).with(right.version(), right.ttl());
                }),
                replacingResponse(
                        "GET-2", "returns every field that begins with the given name", (call, before, right) -> {
                            if (!is(call, "get") || !call.has("fields") || right.isRefused()) {
                                return right;
                            }
                            Map<String, Object> all = new LinkedHashMap<>(before.hash());
                            all.keySet()
                                    .removeIf(field -> ((List<?>) call.argument("fields"))
                                            .stream().noneMatch(name -> field.startsWith("" + name)));
                            return Response.of(all).with(right.version(), right.ttl());
                        }),
                replacingResponse("GET-2", "omits fields that hold 0", (call, before, right) -> {
                    if (!is(call, "get") || !call.has("fields") || right.isRefused()) {
                        return right;
                    }
                    Map<String, Object> all = new LinkedHashMap<>();
                    ((Map<?, ?>) right.result()).forEach((field, value) -> {
                        if (!SuiteValues.areEqual(value, 0)) {
                            all.put("" + field, value);
                        }
                    });
                    return Response.of(all);
                }),
                writing(
                        "PUT-1",
                        "merges a put into the old record",
                        (call, before, right) -> is(call, "put") ? merged(before, right) : right),
                replacingResponse(
                        "PUT-2",
                        "returns the new record from put",
                        (call, before, right) -> is(call, "put") && call.store().isKeyValue() && !right.isRefused()
                                ? Response.of(call.argument("value"))
                                : right),
                writing(
                        "PUT-3",
                        "treats a put of {} as a delete",
                        (call, before, right) ->
                                is(call, "put") && right.hash().isEmpty() ? RecordState.MISSING : right),
                writing(
                        "PATCH-1",
                        "replaces the whole record in a patch",
                        (call, before, right) -> is(call, "patch")
                                ? RecordState.of(SuiteValues.hash(flat(call.argument("value"))))
                                : right),
                writing("PATCH-1", "merges nested hashes", (call, before, right) -> {
                    if (!is(call, "patch")) {
                        return right;
                    }
                    Map<String, Object> all = copy(right);
                    all.replaceAll((field, value) -> {
                        if (value instanceof Map<?, ?> after && before.hash().get(field) instanceof Map<?, ?> old) {
                            Map<String, Object> deep = new LinkedHashMap<>();
                            old.forEach((name, member) -> deep.put("" + name, member));
                            after.forEach((name, member) -> deep.put("" + name, member));
                            return deep;
                        }
                        return value;
                    });
                    return RecordState.of(all);
                }),
                writing("PATCH-1", "removes fields that are patched with null", (call, before, right) -> {
                    Map<String, Object> all = copy(right);
                    if (is(call, "patch")) {
                        all.values().removeIf(java.util.Objects::isNull);
                    }
                    return right.isMissing() ? right : RecordState.of(all);
                }),
                replacingResponse(
                        "PATCH-2",
                        "returns the new record from patch",
                        (call, before, right) -> is(call, "patch") && !right.isRefused()
                                ? Response.of(
                                        merged(before, RecordState.of(SuiteValues.hash(flat(call.argument("value")))))
                                                .hash())
                                : right),
                new BrokenStore("PATCH-3", "ignores ifVersion", new Flaw() {
                    @Override
                    boolean isCurrent(long asked, long current) {
                        return true;
                    }
                }),
                new BrokenStore("PATCH-3", "restarts versions from 1 after a delete", new Flaw() {
                    @Override
                    long version(long before, long right, RecordState after) {
                        return before + 1;
                    }
                }),
                racing("PATCH-3", "compares ifVersion non-atomically with the write", call -> call.has("ifVersion")),
                writing(
                        "PATCH-4",
                        "creates a record when an updater reads",
                        (call, before, right) -> is(call, "get") && !call.has("fields") && before.isMissing()
                                ? RecordState.of(Map.of())
                                : right),
                new BrokenStore("PATCH-4", "wraps exceptions of an updater", new Flaw() {
                    @Override
                    boolean wrapsErrors() {
                        return true;
                    }
                }),
                new BrokenStore("PATCH-5", "passes its own record to an updater", new Flaw() {
                    @Override
                    boolean handsOutItsRecord() {
                        return true;
                    }
                }),
                writing(
                        "DEL-1",
                        "leaves a tombstone record after a delete",
                        (call, before, right) -> is(call, "delete") && !call.has("fields") && !before.isMissing()
                                ? RecordState.of(SuiteValues.hash("deleted", true))
                                : right),
                replacingResponse(
                        "DEL-1",
                        "returns no result from delete",
                        (call, before, right) ->
                                is(call, "delete") && !call.has("fields") ? Response.nothing() : right),
                replacingCall("DEL-2", "deletes the whole record instead of fields", call -> {
                    if (!is(call, "delete") || !call.has("fields")) {
                        return call;
                    }
                    Map<String, Object> rest = new LinkedHashMap<>(call.arguments());
                    rest.remove("fields");
                    return new Call(call.store(), "delete", rest);
                }),
                writing(
                        "DEL-3",
                        "removes a record with its last field",
                        (call, before, right) ->
                                is(call, "delete") && right.hash().isEmpty() ? RecordState.MISSING : right),
                writing(
                        "DEL-3",
                        "creates a record when it deletes fields of a missing one",
                        (call, before, right) -> is(call, "delete") && call.has("fields") && before.isMissing()
                                ? RecordState.of(Map.of())
                                : right),
                replacingResponse(
                        "EXISTS-1",
                        "treats a record that holds only null as missing",
                        (call, before, right) -> is(call, "exists")
                                        && before.hash().values().stream().allMatch(java.util.Objects::isNull)
                                ? Response.of(false)
                                : right));
    }

    private static Object[] flat(Object value) {
        return ((Map<?, ?>) value)
                .entrySet().stream()
                        .flatMap(entry -> java.util.stream.Stream.of(entry.getKey(), entry.getValue()))
                        .toArray();
    }

    static List<BrokenStore> chapter4() {
        return List.of(
                expiring(
                        "TTL-1",
                        "ignores the ttl of an increment",
                        (call, before, right, now) -> is(call, "increment") && call.has("ttl") ? before : right),
                expiring(
                        "TTL-1",
                        "treats a ttl as milliseconds",
                        (call, before, right, now) ->
                                call.argument("ttl") instanceof Number ttl ? now + ttl.longValue() / 1_000 : right),
                new BrokenStore("TTL-2", "revives an expired record by a patch", new Flaw() {
                    @Override
                    boolean isExpired(Call call, long expiresAt, long now) {
                        return !is(call, "patch") && now > expiresAt;
                    }
                }),
                new BrokenStore("TTL-2", "appends to an expired record", new Flaw() {
                    @Override
                    boolean isExpired(Call call, long expiresAt, long now) {
                        return !is(call, "append") && now > expiresAt;
                    }
                }),
                new BrokenStore("TTL-3", "keeps records five seconds too long", new Flaw() {
                    @Override
                    boolean isExpired(Call call, long expiresAt, long now) {
                        return now > expiresAt + 5;
                    }
                }),
                new BrokenStore("TTL-3", "returns true from exists for an expired record", new Flaw() {
                    @Override
                    boolean isExpired(Call call, long expiresAt, long now) {
                        return !is(call, "exists") && now > expiresAt;
                    }
                }),
                expiring(
                        "TTL-4",
                        "keeps the expiry in a put",
                        (call, before, right, now) ->
                                is(call, "put") && !call.has("ttl") && !call.has("keepTtl") ? before : right),
                expiring(
                        "TTL-5",
                        "removes the expiry in a patch",
                        (call, before, right, now) -> is(call, "patch") && !call.has("ttl") ? 0 : right),
                expiring(
                        "TTL-5",
                        "treats a ttl of null as absent",
                        (call, before, right, now) ->
                                call.has("ttl") && call.argument("ttl") == null && !is(call, "put") ? before : right),
                expiring(
                        "TTL-5",
                        "extends the expiry with every increment",
                        (call, before, right, now) ->
                                is(call, "increment.*") && !call.has("ttl") && before > 0 ? before + 25 : right),
                expiring("TTL-6", "ignores keepTtl", (call, before, right, now) -> call.has("keepTtl") ? 0 : right),
                expiring(
                        "TTL-7",
                        "removes the expiry in an append",
                        (call, before, right, now) -> is(call, "append") ? 0 : right),
                BrokenStore.checking(
                        "TTL-8",
                        "accepts a ttl of zero",
                        (call, right) ->
                                right != null && call.has("ttl") && SuiteValues.areEqual(call.argument("ttl"), 0)
                                        ? null
                                        : right),
                BrokenStore.checking(
                        "TTL-9",
                        "accepts a ttl in the settings",
                        (call, right) ->
                                right != null && call.has("ttl") && call.store() == StoreName.SETTINGS ? null : right),
                replacingResponse(
                        "TTL-6",
                        "returns a remaining ttl that never changes",
                        (call, before, right) -> right.ttl().isPresent()
                                ? right.with(right.version(), java.util.OptionalLong.of(100))
                                : right));
    }
}
