package dev.stowage.contract.selftest;

import static dev.stowage.contract.selftest.BrokenStore.checking;
import static dev.stowage.contract.selftest.BrokenStore.replacingCall;
import static dev.stowage.contract.selftest.BrokenStore.replacingResponse;
import static dev.stowage.contract.selftest.BrokenStore.writing;

import dev.stowage.contract.call.RawJson;
import dev.stowage.contract.call.Response;
import dev.stowage.contract.call.SetValue;
import dev.stowage.contract.call.SuiteValues;
import dev.stowage.contract.model.RecordState;
import dev.stowage.storage.StoreName;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Broken stores for chapters 1 and 2. */
final class BrokenValues {

    private BrokenValues() {}

    /** Applies a change to every value, including nested ones. */
    static Object each(Object value, UnaryOperator<Object> change) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> changed = new LinkedHashMap<>();
            map.forEach((name, member) -> changed.put("" + name, each(member, change)));
            return change.apply(changed);
        }
        if (value instanceof List<?> list) {
            List<Object> changed = new ArrayList<>();
            list.forEach(element -> changed.add(each(element, change)));
            return change.apply(changed);
        }
        return change.apply(value);
    }

    private static BrokenStore storing(String clause, String does, UnaryOperator<Object> change) {
        return writing(
                clause,
                does,
                (call, before, right) -> right.isMissing() ? right : RecordState.of(hash(each(right.hash(), change))));
    }

    private static Map<String, Object> hash(Object value) {
        Map<String, Object> hash = new LinkedHashMap<>();
        ((Map<?, ?>) value).forEach((name, member) -> hash.put("" + name, member));
        return hash;
    }

    private static UnaryOperator<Object> strings(UnaryOperator<String> change) {
        return value -> value instanceof String text ? change.apply(text) : value;
    }

    private static UnaryOperator<Object> lists(UnaryOperator<List<?>> change) {
        return value -> value instanceof List<?> list ? change.apply(list) : value;
    }

    static List<BrokenStore> all() {
        return List.of(
                checking(
                        "VAL-1",
                        "accepts a record that is not a hash",
                        (call, right) -> right != null
                                        && call.operation().equals("put")
                                        && !(call.argument("value") instanceof Map)
                                ? Response.of(true)
                                : right),
                replacingCall(
                        "VAL-1",
                        "parses a string of JSON as a record",
                        call -> call.argument("value") instanceof String text
                                        && call.operation().matches("put|patch")
                                        && text.startsWith("{")
                                ? call.with("value", Map.of("a", 1))
                                : call),
                storing("VAL-2", "turns false into null", value -> Boolean.FALSE.equals(value) ? null : value),
                storing("VAL-2", "flattens lists in lists", lists(list -> {
                    List<Object> flat = new ArrayList<>();
                    list.forEach(element -> {
                        if (element instanceof List<?> inner) {
                            flat.addAll(inner);
                        } else {
                            flat.add(element);
                        }
                    });
                    return flat;
                })),
                storing(
                        "VAL-2",
                        "drops duplicates from lists",
                        lists(list -> new ArrayList<>(new LinkedHashSet<Object>(list)))),
                storing(
                        "VAL-3",
                        "stores sets as lists",
                        value -> value instanceof SetValue set ? new ArrayList<>(set.members()) : value),
                checking(
                        "VAL-4",
                        "accepts sets in the settings",
                        (call, right) -> call.store() == StoreName.SETTINGS
                                        && right != null
                                        && right.detail().contains("be stored")
                                ? null
                                : right),
                storing(
                        "VAL-5",
                        "truncates strings at U+0000",
                        strings(text -> text.contains("\0") ? text.substring(0, text.indexOf('\0')) : text)),
                storing(
                        "VAL-5",
                        "replaces characters beyond the BMP",
                        strings(text -> text.replaceAll("[\\x{10000}-\\x{10FFFF}]", "\uFFFD"))),
                storing(
                        "VAL-5",
                        "normalises strings",
                        strings(text -> Normalizer.normalize(text, Normalizer.Form.NFC))),
                storing("VAL-5", "trims strings", strings(String::strip)),
                storing(
                        "VAL-5",
                        "stores numbers in single precision",
                        value -> value instanceof Number number
                                        && number.doubleValue() != Math.rint(number.doubleValue())
                                ? (Object) number.floatValue()
                                : value),
                storing(
                        "VAL-5",
                        "wraps integers at 32 bits",
                        value -> value instanceof Number number
                                        && number.doubleValue() == Math.rint(number.doubleValue())
                                        && Math.abs(number.doubleValue()) < 1e18
                                ? (Object) (int) number.longValue()
                                : value),
                storing(
                        "VAL-5",
                        "turns large integers into strings",
                        value -> value instanceof Number number && Math.abs(number.doubleValue()) > 4e9
                                ? SuiteValues.canonical(number)
                                : value),
                storing("VAL-5", "lowercases field names", value -> {
                    if (!(value instanceof Map<?, ?> map)) {
                        return value;
                    }
                    Map<String, Object> lower = new LinkedHashMap<>();
                    map.forEach((name, member) -> lower.put(("" + name).toLowerCase(Locale.ROOT), member));
                    return lower;
                }),
                storing("VAL-9", "drops fields called __proto__", value -> {
                    if (value instanceof Map<?, ?> map && map.containsKey("__proto__")) {
                        Map<String, Object> rest = hash(map);
                        rest.remove("__proto__");
                        return rest;
                    }
                    return value;
                }),
                replacingResponse(
                        "VAL-5",
                        "treats a user's $numberSet as a set",
                        (call, before, right) -> right.isRefused()
                                ? right
                                : right.hasResult()
                                                && right.result() instanceof Map<?, ?> map
                                                && map.containsKey("$numberSet")
                                                && map.size() == 1
                                        ? Response.of(SetValue.numbers())
                                        : right),
                storing("VAL-7", "drops fields that hold null", value -> {
                    if (value instanceof Map<?, ?> map && map.containsValue(null)) {
                        Map<String, Object> rest = hash(map);
                        rest.values().removeIf(java.util.Objects::isNull);
                        return rest;
                    }
                    return value;
                }),
                new BrokenStore("VAL-8", "counts characters instead of bytes", new Flaw() {
                    @Override
                    boolean isTooLarge(String key, Map<String, ?> record, int bytes) {
                        return SuiteValues.canonical(record).length() > 409_600;
                    }
                }),
                new BrokenStore("VAL-8", "accepts at most 256 KB", new Flaw() {
                    @Override
                    boolean isTooLarge(String key, Map<String, ?> record, int bytes) {
                        return bytes > 262_144;
                    }
                }),
                checking(
                        "VAL-9",
                        "refuses fields called constructor",
                        (call, right) ->
                                call.argument("value") instanceof Map<?, ?> map && map.containsKey("constructor")
                                        ? Response.refused("invalid_value", 400, "constructor")
                                        : right),
                new BrokenStore("VAL-10", "returns the object that it stores", new Flaw() {
                    @Override
                    boolean sharesObjects() {
                        return true;
                    }
                }),
                checking(
                        "KEY-1",
                        "accepts a newline at the end of a secrets key",
                        (call, right) -> call.store() == StoreName.SECRETS
                                        && ("" + call.argument("key")).matches("[a-zA-Z0-9_/-]+\n")
                                ? null
                                : right),
                checking(
                        "KEY-1",
                        "accepts any secrets key in reads",
                        (call, right) -> call.store() == StoreName.SECRETS && call.isRead() ? null : right),
                checking(
                        "KEY-2",
                        "refuses keys with spaces",
                        (call, right) -> ("" + call.argument("key")).contains(" ")
                                ? Response.refused("invalid_key", 400, "a space")
                                : right),
                new BrokenStore("KEY-3", "folds the case of keys", new Flaw() {
                    @Override
                    String key(StoreName store, String key) {
                        return key.toLowerCase(Locale.ROOT);
                    }
                }),
                replacingCall(
                        "VAL-6",
                        "accepts infinity",
                        call -> call.argument("value") instanceof Map<?, ?> map && map.get("n") instanceof RawJson
                                ? call.with("value", SuiteValues.hash("n", 1))
                                : call));
    }
}
