package dev.stowage.emulator.http.control;

import dev.stowage.emulator.http.data.OperationArguments;
import dev.stowage.emulator.http.exchange.PercentEncoding;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the query of a control-plane request, so that a misspelt {@code appID} or a stray {@code %} does not reset every app. */
final class ControlQuery {

    private static final int LONGEST_QUOTE = 40;

    private ControlQuery() {}

    /**
     * Reads a query.
     *
     * @param query the text after the question mark; null without a question mark
     * @param allowed the names of the parameters that the route has
     * @throws dev.stowage.storage.StorageException {@code invalid_request} for an unknown or repeated parameter, one without a
     *     value, or text that is not percent-encoded UTF-8
     */
    static Map<String, String> read(@Nullable String query, Set<String> allowed) {
        Map<String, String> parameters = new HashMap<>();
        if (query == null) {
            return parameters;
        }
        for (String pair : query.split("&", -1)) {
            if (pair.isEmpty()) {
                throw OperationArguments.refused("The query has an empty parameter. Remove the ? or & next to it.");
            }
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            if (!allowed.contains(name)) {
                throw OperationArguments.refused("The query has the unknown parameter '" + shortened(name)
                        + "'. Allowed here: "
                        + (allowed.isEmpty()
                                ? "none"
                                : String.join(", ", allowed.stream().sorted().toList()))
                        + ".");
            }
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            if (value.isEmpty()) {
                throw OperationArguments.refused(
                        "The query parameter " + name + " has no value. Omit the parameter, or give it a value.");
            }
            if (parameters.put(name, value) != null) {
                throw OperationArguments.refused("The query has the parameter " + name + " more than once.");
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        return PercentEncoding.decode("query", text);
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
    }
}
