package dev.stowage.contract.selftest;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.RawJson;
import dev.stowage.contract.call.SetValue;
import dev.stowage.contract.call.SuiteValues;
import dev.stowage.contract.call.WireCodec;
import dev.stowage.storage.StoreName;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Encodes and decodes the body of a request. */
final class MinimalJson {

    private MinimalJson() {}

    static byte[] bytes(Call call) {
        return WireCodec.body(call).getBytes(StandardCharsets.UTF_8);
    }

    static Call read(StoreName store, String operation, byte[] body) {
        try {
            Map<String, Object> arguments = new LinkedHashMap<>();
            WireCodec.parse(body).properties().forEach(argument -> {
                boolean byField = argument.getKey().matches("values|amounts|counts");
                arguments.put(
                        argument.getKey(),
                        narrow(
                                byField
                                        ? WireCodec.readByField(argument.getValue())
                                        : WireCodec.read(argument.getValue())));
            });
            return new Call(store, operation, arguments);
        } catch (IOException noJson) {
            throw new IllegalArgumentException(noJson);
        }
    }

    /** Turns whole numbers into ints; keeps a number that is too large for a double. */
    private static Object narrow(Object value) {
        if (value instanceof BigDecimal number) {
            if (number.precision() - number.scale() > 350) {
                return new RawJson("1e400");
            }
            try {
                return number.scale() > 0 ? number : (Object) number.intValueExact();
            } catch (ArithmeticException large) {
                return number;
            }
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> narrowed = new LinkedHashMap<>();
            map.forEach((name, member) -> narrowed.put("" + name, narrow(member)));
            return narrowed;
        }
        if (value instanceof List<?> list) {
            List<Object> narrowed = new ArrayList<>();
            list.forEach(element -> narrowed.add(narrow(element)));
            return narrowed;
        }
        if (value instanceof SetValue set) {
            List<Object> members = new ArrayList<>();
            for (Object member : set.members()) {
                Object narrow = narrow(member);
                if (members.stream().noneMatch(one -> SuiteValues.areEqual(one, narrow))) {
                    members.add(narrow);
                }
            }
            return new SetValue(set.kind(), members);
        }
        return value;
    }
}
