package dev.stowage.contract.chapter;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.SetValue;
import dev.stowage.contract.call.Values;
import dev.stowage.contract.model.Expected;
import dev.stowage.contract.model.RecordState;
import dev.stowage.contract.model.Reference;
import dev.stowage.contract.run.Heard;
import dev.stowage.contract.run.Place;
import dev.stowage.contract.run.Trial;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** One call for six fields, each with arguments of its own, on a record that has five of them; judged by the reference model. */
final class ManyFields {

    private static final List<String> FIELDS = List.of("a", "b", "c", "d", "e", "f");

    private final Trial trial;

    ManyFields(Trial trial) {
        this.trial = trial;
    }

    void run() {
        Place place = trial.inKeyValueStore();
        String operation = trial.choose(
                "incrementMulti",
                "appendMulti",
                "unshiftMulti",
                "shiftMulti",
                "peekMulti",
                "addNumberMulti",
                "removeNumberMulti",
                "hasNumberMulti",
                "addStringMulti",
                "removeStringMulti",
                "hasStringMulti",
                "patch",
                "put",
                "delete",
                "get");
        String key = trial.key();
        Map<String, @Nullable Object> record = sixFields(i -> start(operation, i));
        record.remove("f");
        record.put("x", "stays");
        place.put(key, record).ok();
        Call call = Call.of(place.store(), operation, "key", key).with(member(operation), argument(operation));
        Expected expected = Reference.apply(RecordState.of(record), call);
        judged(place.call(call), expected, expected.clause());
        Expected read = Reference.apply(expected.after(), Call.of(place.store(), "get", "key", key));
        judged(place.get(key), read, expected.written());
    }

    private static void judged(Heard heard, Expected expected, String clause) {
        if (!expected.accepts(heard.answer())) {
            throw heard.by(clause).broken(expected.words());
        }
    }

    private static Map<String, @Nullable Object> sixFields(IntFunction<Object> values) {
        Map<String, @Nullable Object> fields = Values.hash();
        for (int i = 0; i < FIELDS.size(); i++) {
            fields.put(FIELDS.get(i), values.apply(i));
        }
        return fields;
    }

    private static Object start(String operation, int i) {
        if (operation.contains("Number")) {
            return SetValue.numbers(i, 100);
        }
        if (operation.contains("String")) {
            return SetValue.strings("v" + i, "x");
        }
        return operation.equals("incrementMulti") ? (Object) (10 * i) : Values.list(i, "x", i, "y");
    }

    private static String member(String operation) {
        return switch (operation) {
            case "incrementMulti" -> "amounts";
            case "shiftMulti", "peekMulti" -> "counts";
            case "patch", "put" -> "value";
            case "delete", "get" -> "fields";
            default -> "values";
        };
    }

    private static Object argument(String operation) {
        return switch (operation) {
            case "incrementMulti" -> sixFields(i -> i + 1);
            case "shiftMulti", "peekMulti" -> sixFields(i -> i % 4);
            case "patch", "put" -> sixFields(i -> "new" + i);
            case "delete", "get" -> FIELDS;
            case "addNumberMulti", "removeNumberMulti", "hasNumberMulti" -> sixFields(i -> Values.list(i, 50 + i));
            case "addStringMulti", "removeStringMulti", "hasStringMulti" ->
                sixFields(i -> Values.list("v" + i, "w" + i));
            default -> sixFields(i -> Values.list("n" + i, i));
        };
    }
}
