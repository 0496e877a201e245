package dev.stowage.contract.chapter;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.SetValue;
import dev.stowage.contract.call.SuiteValues;
import dev.stowage.contract.model.ExpectedResponse;
import dev.stowage.contract.model.RecordState;
import dev.stowage.contract.model.ReferenceModel;
import dev.stowage.contract.property.ResponseAssert;
import dev.stowage.contract.property.StoreClient;
import dev.stowage.contract.property.Trial;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** One call for six fields, each with different arguments, on a record that has five of them; compared with the reference model. */
final class MultiFieldCalls {

    private static final List<String> FIELDS = List.of("a", "b", "c", "d", "e", "f");

    private final Trial trial;

    MultiFieldCalls(Trial trial) {
        this.trial = trial;
    }

    void run() {
        StoreClient client = trial.anyKeyValueStore();
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
        client.put(key, record).succeeds();
        Call call = Call.of(client.store(), operation, "key", key).with(member(operation), argument(operation));
        ExpectedResponse expected = ReferenceModel.apply(RecordState.of(record), call);
        judged(client.call(call), expected, expected.clause());
        ExpectedResponse read = ReferenceModel.apply(expected.after(), Call.of(client.store(), "get", "key", key));
        judged(client.get(key), read, expected.writeClause());
    }

    private static void judged(ResponseAssert response, ExpectedResponse expected, String clause) {
        if (!expected.accepts(response.actual())) {
            throw response.forClause(clause).violation(expected.description());
        }
    }

    private static Map<String, @Nullable Object> sixFields(IntFunction<Object> values) {
        Map<String, @Nullable Object> fields = SuiteValues.hash();
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
        return operation.equals("incrementMulti") ? (Object) (10 * i) : SuiteValues.list(i, "x", i, "y");
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
            case "addNumberMulti", "removeNumberMulti", "hasNumberMulti" -> sixFields(i -> SuiteValues.list(i, 50 + i));
            case "addStringMulti", "removeStringMulti", "hasStringMulti" ->
                sixFields(i -> SuiteValues.list("v" + i, "w" + i));
            default -> sixFields(i -> SuiteValues.list("n" + i, i));
        };
    }
}
