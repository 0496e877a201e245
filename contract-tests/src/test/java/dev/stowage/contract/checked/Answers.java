package dev.stowage.contract.checked;

import dev.stowage.contract.call.Answer;
import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.SetValue;
import dev.stowage.contract.call.Values;
import dev.stowage.contract.model.Expected;
import dev.stowage.contract.model.RecordState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The answer that goes with what the model expects: computed here once more, and right if the model accepts it. */
final class Answers {

    private Answers() {}

    static Answer find(RecordState before, Call call, Expected expected) {
        if (expected.words().equals("wrong_type")) {
            return Answer.refused(
                    "wrong_type",
                    409,
                    "Cannot operate on " + call.store() + " " + call.key() + " " + call.argument("field"));
        }
        Answer answer = answer(before, call, expected);
        if (!expected.accepts(answer)) {
            throw new IllegalStateException(
                    call + " on " + before + ": " + answer + " and due was " + expected.words());
        }
        return answer;
    }

    private static Answer answer(RecordState before, Call call, Expected expected) {
        boolean keyValue = call.store().isKeyValue();
        Map<String, Object> hash = new LinkedHashMap<>(before.hash());
        return switch (call.operation()) {
            case "get" -> {
                if (call.has("fields")) {
                    hash.keySet().retainAll((List<?>) call.argument("fields"));
                }
                yield Answer.of(hash);
            }
            case "exists" -> Answer.of(!before.isMissing());
            case "put" -> Answer.of(keyValue ? hash : (Object) true);
            case "patch" -> Answer.of(hash);
            case "delete" -> {
                if (call.has("fields")) {
                    hash.keySet().retainAll((List<?>) call.argument("fields"));
                }
                yield Answer.of(keyValue ? hash : (Object) true);
            }
            case "increment" -> Answer.of(expected.after().hash().get(call.argument("field")));
            case "incrementMulti" -> {
                Map<String, Object> sums = new LinkedHashMap<>();
                ((Map<?, ?>) call.argument("amounts"))
                        .keySet()
                        .forEach(field ->
                                sums.put("" + field, expected.after().hash().get(field)));
                yield Answer.of(sums);
            }
            case "append", "unshift", "appendMulti", "unshiftMulti" -> Answer.nothing();
            case "shift", "peek" -> {
                List<?> list = list(before, call.argument("field"));
                yield list.isEmpty() ? Answer.nothing() : Answer.of(list.get(0));
            }
            case "shiftMulti", "peekMulti" -> {
                Map<String, Object> taken = new LinkedHashMap<>();
                ((Map<?, ?>) call.argument("counts")).forEach((field, count) -> {
                    List<?> list = list(before, field);
                    taken.put("" + field, list.subList(0, Math.min(list.size(), ((Number) count).intValue())));
                });
                yield Answer.of(taken);
            }
            default -> sets(before, call);
        };
    }

    private static List<?> list(RecordState before, Object field) {
        return before.hash().get(field) instanceof List<?> list ? list : List.of();
    }

    private static Answer sets(RecordState before, Call call) {
        SetValue.Kind kind = call.operation().contains("Number") ? SetValue.Kind.NUMBER : SetValue.Kind.STRING;
        if (!call.isMulti()) {
            boolean member = contains(members(before, call.argument("field")), call.argument("value"));
            return Answer.of(call.operation().startsWith("add") != member);
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
        return Answer.of(results);
    }

    private static List<?> members(RecordState before, Object field) {
        return before.hash().get(field) instanceof SetValue set ? set.members() : List.of();
    }

    private static boolean contains(List<?> list, Object value) {
        return list.stream().anyMatch(member -> Values.same(member, value));
    }
}
