package dev.stowage.contract.call;

import dev.stowage.storage.StoreName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call of one operation, with the names of the wire protocol. The arguments are not checked: some clauses are about calls that must be refused.
 */
public record Call(StoreName store, String operation, Map<String, @Nullable Object> arguments) {

    public Call {
        arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    }

    public static Call of(StoreName store, String operation, @Nullable Object... namesAndValues) {
        return new Call(store, operation, SuiteValues.hash(namesAndValues));
    }

    /** The same call with one more argument. */
    public Call with(String name, @Nullable Object value) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(arguments);
        more.put(name, value);
        return new Call(store, operation, more);
    }

    public @Nullable Object argument(String name) {
        return arguments.get(name);
    }

    public boolean has(String name) {
        return arguments.containsKey(name);
    }

    /** The key of the record that the operation works on. */
    public String key() {
        return String.valueOf(arguments.get("key"));
    }

    /** True for an operation that never writes. */
    public boolean isRead() {
        return operation.equals("get")
                || operation.equals("exists")
                || operation.startsWith("peek")
                || operation.startsWith("has");
    }

    public boolean isMulti() {
        return operation.endsWith("Multi");
    }

    /** {@code kvStore.put key="k" value={"a":1}}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(store + "." + operation);
        arguments.forEach(
                (name, value) -> text.append(' ').append(name).append('=').append(SuiteValues.abbreviated(value)));
        return text.toString();
    }
}
