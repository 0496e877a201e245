package dev.stowage.contract.report;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.SetValue;
import dev.stowage.contract.call.SuiteValues;
import dev.stowage.contract.property.Step;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Renders a counterexample as statements of the Java API, to paste into a test. */
final class JavaStatements {

    /** A longer string is shortened. */
    private static final int LONGEST_STRING = 200;

    private JavaStatements() {}

    static List<String> of(List<Step> steps) {
        return steps.stream().map(JavaStatements::statement).toList();
    }

    private static String statement(Step step) {
        Call call = step.call();
        if (call == null || call.has("updater")) {
            return "// " + (call == null ? step.note() : step.toString());
        }
        String arguments = call.arguments().entrySet().stream()
                .map(argument -> argument(call, argument.getKey(), argument.getValue()))
                .collect(Collectors.joining(", "));
        String owner = step.principal()
                .variable()
                .toLowerCase(java.util.Locale.ROOT)
                .replace("key", "")
                .replace("_", "");
        return (owner.isEmpty() ? "storage" : owner) + "." + call.store() + "()." + call.operation() + "(" + arguments
                + ");   // " + (step.together() == 0 ? "" : "concurrent; ")
                + (step.response() == null ? "no response" : step.response().toString());
    }

    private static String argument(Call call, String name, @Nullable Object value) {
        if (name.equals("ttl")) {
            return value == null ? "Ttl.none()" : "Duration.ofSeconds(" + value + ")";
        }
        if (name.equals("values") && call.operation().contains("Multi") && value instanceof Map<?, ?>) {
            return literal(value).replaceFirst("^Hash", "Map");
        }
        if (name.equals("amounts") || name.equals("counts")) {
            return literal(value).replaceFirst("^Hash", "Map");
        }
        return literal(value);
    }

    private static String literal(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.isEmpty()
                    ? "Hash.empty()"
                    : "Hash.of("
                            + map.entrySet().stream()
                                    .map(entry -> literal(entry.getKey()) + ", " + literal(entry.getValue()))
                                    .collect(Collectors.joining(", "))
                            + ")";
        }
        if (value instanceof List<?> list) {
            return "Arrays.asList("
                    + list.stream().limit(20).map(JavaStatements::literal).collect(Collectors.joining(", "))
                    + (list.size() > 20 ? ", …" : "") + ")";
        }
        if (value instanceof SetValue set) {
            return set.kind().label() + "Set.of("
                    + set.members().stream().map(JavaStatements::literal).collect(Collectors.joining(", ")) + ")";
        }
        return value instanceof String text && text.length() > LONGEST_STRING
                ? SuiteValues.abbreviated(text)
                : SuiteValues.canonical(value);
    }
}
