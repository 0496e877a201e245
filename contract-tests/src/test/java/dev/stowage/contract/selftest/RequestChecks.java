package dev.stowage.contract.selftest;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.RawJson;
import dev.stowage.contract.call.Response;
import dev.stowage.contract.call.SetValue;
import dev.stowage.storage.StoreName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The checks of a request that do not depend on a record. */
final class RequestChecks {

    private RequestChecks() {}

    /** The refusal; null if the request is valid. */
    static Response refusal(Call call) {
        Object key = call.argument("key");
        boolean isKey = key instanceof String text
                && (call.store() == StoreName.SECRETS
                        ? text.matches("[a-zA-Z0-9_-]+(/[a-zA-Z0-9_-]+)*") && !text.endsWith("\n")
                        : !text.isEmpty() && text.getBytes(StandardCharsets.UTF_8).length <= 1_024);
        if (!isKey) {
            return Response.refused("invalid_key", 400, "That is no key.");
        }
        if (call.operation().matches("put|patch")) {
            if (!(call.argument("value") instanceof Map<?, ?> record)) {
                return Response.refused("invalid_value", 400, "A record is a hash.");
            }
            if (levels(record) > 32 || hasBadValue(record, call.store().isKeyValue())) {
                return Response.refused("invalid_value", 400, "That can't be stored in " + at(call) + ".");
            }
        }
        if (call.has("ttl") && (!call.store().isKeyValue() || !isTtl(call.argument("ttl")))) {
            return Response.refused("invalid_request", 400, "That is no ttl.");
        }
        if (call.argument("counts") instanceof Map<?, ?> counts
                && !counts.values().stream().allMatch(count -> count instanceof Integer whole && whole >= 0)) {
            return Response.refused("invalid_request", 400, "That is no count.");
        }
        return null;
    }

    private static String at(Call call) {
        return call.store() + " " + call.key() + " " + ((Map<?, ?>) call.argument("value")).keySet();
    }

    private static boolean isTtl(Object ttl) {
        return ttl == null
                || (ttl instanceof Number number
                        && number.doubleValue() == Math.rint(number.doubleValue())
                        && number.doubleValue() >= 1
                        && number.doubleValue() <= 315_360_000);
    }

    private static boolean hasBadValue(Object value, boolean sets) {
        if (value instanceof Map<?, ?> map) {
            return map.keySet().stream().anyMatch(name -> name.equals(""))
                    || map.values().stream().anyMatch(member -> hasBadValue(member, sets));
        }
        if (value instanceof List<?> list) {
            return list.stream().anyMatch(element -> hasBadValue(element, sets));
        }
        return (value instanceof SetValue && !sets)
                || (value instanceof RawJson raw && raw.json().equals("1e400"));
    }

    private static int levels(Object value) {
        if (value instanceof Map<?, ?> map) {
            return 1
                    + map.values().stream()
                            .mapToInt(RequestChecks::levels)
                            .max()
                            .orElse(0);
        }
        return value instanceof List<?> list
                ? 1 + list.stream().mapToInt(RequestChecks::levels).max().orElse(0)
                : 0;
    }
}
