package dev.stowage.contract.selftest;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.Response;
import dev.stowage.contract.call.SetValue;
import dev.stowage.contract.call.SuiteValues;
import dev.stowage.contract.model.ExpectedResponse;
import dev.stowage.contract.model.RecordState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Computes the response that the model expects, and checks it with the model. */
final class ResponseFactory {

    private ResponseFactory() {}

    static Response find(RecordState before, Call call, ExpectedResponse expected) {
        if (expected.description().equals("the refusal wrong_type")) {
            return Response.refused(
                    "wrong_type",
                    409,
                    "Cannot operate on " + call.store() + " " + call.key() + " " + call.argument("field"));
        }
        Response response = compute(before, call, expected);
        if (!expected.accepts(response)) {
            throw new IllegalStateException(
                    call + " on " + before + ": " + response + " but expected " + expected.description());
        }
        return response;
    }

    private static Response compute(RecordState before, Call call, ExpectedResponse expected) {
        boolean keyValue = call.store().isKeyValue();
        Map<String, Object> hash = new LinkedHashMap<>(before.hash());
        return switch (call.operation()) {
            case "get" -> {
                if (call.has("fields")) {
                    hash.keySet().retainAll((List<?>) call.argument("fields"));
                }
                yield Response.of(hash);
            }
            case "exists" -> Response.of(!before.isMissing());
            case "put" -> Response.of(keyValue ? hash : (Object) true);
            case "patch" -> Response.of(hash);
            case "delete" -> {
                if (call.has("fields")) {
                    hash.keySet().retainAll((List<?>) call.argument("fields"));
                }
                yield Response.of(keyValue ? hash : (Object) true);
            }
            case "increment" -> Response.of(expected.after().hash().get(call.argument("field")));
            case "incrementMulti" -> {
                Map<String, Object> sums = new LinkedHashMap<>();
                ((Map<?, ?>) call.argument("amounts"))
                        .keySet()
                        .forEach(field ->
                                sums.put("" + field, expected.after().hash().get(field)));
                yield Response.of(sums);
            }
            case "append", "unshift", "appendMulti", "unshiftMulti" -> Response.nothing();
            case "shift", "peek" -> {
                List<?> list = list(before, call.argument("field"));
                yield list.isEmpty() ? Response.nothing() : Response.of(list.get(0));
            }
            case "shiftMulti", "peekMulti" -> {
                Map<String, Object> taken = new LinkedHashMap<>();
                ((Map<?, ?>) call.argument("counts")).forEach((field, count) -> {
                    List<?> list = list(before, field);
                    taken.put("" + field, list.subList(0, Math.min(list.size(), ((Number) count).intValue())));
                });
                yield Response.of(taken);
            }
            default -> sets(before, call);
        };
    }

    private static List<?> list(RecordState before, Object field) {
        return before.hash().get(field) instanceof List<?> list ? list : List.of();
    }

    private static Response sets(RecordState before, Call call) {
        SetValue.Kind kind = call.operation().contains("Number") ? SetValue.Kind.NUMBER : SetValue.Kind.STRING;
        if (!call.isMulti()) {
            boolean member = contains(members(before, call.argument("field")), call.argument("value"));
            return Response.of(call.operation().startsWith("add") != member);
        }
        Map<String, Object> results = new LinkedHashMap<>();
        ((Map<?, ?>) call.argument("values")).forEach((field, values) -> {
            List<Object> result = new ArrayList<>();
            for (Object value : (List<?>) values) {
                boolean member = contains(members(before, field), value);
                if (call.operation().startsWith("add") != member && !contains(result, value)) {
                    result.add(value);
                }
            }
            results.put("" + field, new SetValue(kind, result));
        });
        return Response.of(results);
    }

    private static List<?> members(RecordState before, Object field) {
        return before.hash().get(field) instanceof SetValue set ? set.members() : List.of();
    }

    private static boolean contains(List<?> list, Object value) {
        return list.stream().anyMatch(member -> SuiteValues.areEqual(member, value));
    }
}
