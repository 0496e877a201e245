package dev.stowage.emulator.http.control;

import dev.stowage.emulator.http.data.OperationArguments;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks the query of a control-plane request, so that a misspelt {@code appID} does not reset every app. */
public final class ControlQuery {

    private static final Set<String> KNOWN = Set.of("appId", "installId", "after", "secrets");

    private ControlQuery() {}

    public static void check(Context ctx) {
        for (Map.Entry<String, List<String>> parameter : ctx.queryParamMap().entrySet()) {
            if (!KNOWN.contains(parameter.getKey())) {
                throw OperationArguments.refused(
                        "The query has the unknown parameter '" + parameter.getKey() + "'. Allowed: "
                                + String.join(", ", KNOWN.stream().sorted().toList()) + ".");
            }
            if (parameter.getValue().size() > 1) {
                throw OperationArguments.refused(
                        "The query has the parameter " + parameter.getKey() + " more than once.");
            }
        }
    }
}
