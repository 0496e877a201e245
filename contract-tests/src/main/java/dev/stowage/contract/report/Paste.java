package dev.stowage.contract.report;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.SetValue;
import dev.stowage.contract.call.Values;
import dev.stowage.contract.call.WireForm;
import dev.stowage.contract.run.Finding;
import dev.stowage.contract.run.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A counterexample as something to paste: into a shell, or into Java. */
final class Paste {

    /** A body longer than this is cut, and the line says so. */
    private static final int LONGEST = 2_000;

    private Paste() {}

    /** Lines for a shell in which URL and the keys are set. */
    static List<String> curl(List<Step> steps) {
        List<String> lines = new ArrayList<>();
        int together = 0;
        for (Step step : steps) {
            if (together != 0 && step.together() != together) {
                lines.add("wait");
            }
            together = step.together();
            lines.add(curl(step));
        }
        if (together != 0) {
            lines.add("wait");
        }
        return lines;
    }

    /** One line for what shows a clause less clearly than another finding. */
    static String alsoFoundBy(Finding finding) {
        return "also found by " + finding.property() + ", in " + finding.calls()
                + (finding.calls() == 1 ? " call" : " calls") + (finding.always() ? "" : ", now and then");
    }

    private static String curl(Step step) {
        Call call = step.call();
        if (call == null) {
            return step.isRequest() ? step.note() : "# " + step.note();
        }
        if (call.has("updater")) {
            return "# " + step;
        }
        String body = WireForm.body(call);
        String shown = body.length() <= LONGEST ? body : body.substring(0, LONGEST) + "… (" + body.length() + " bytes)";
        return "curl -s $URL/v1/" + call.store() + "/" + call.operation() + " -H \"Authorization: Bearer $"
                + step.who().variable() + "\" -d '" + shown.replace("'", "'\\''") + "'"
                + (step.together() == 0 ? "" : " &") + "   # "
                + (step.answer() == null
                        ? "no answer: " + step.note()
                        : step.answer().toString());
    }

    /** Statements of the Java API. */
    static List<String> java(List<Step> steps) {
        return steps.stream().map(Paste::java).toList();
    }

    private static String java(Step step) {
        Call call = step.call();
        if (call == null || call.has("updater")) {
            return "// " + (call == null ? step.note() : step.toString());
        }
        String arguments = call.arguments().entrySet().stream()
                .map(argument -> argument(call, argument.getKey(), argument.getValue()))
                .collect(Collectors.joining(", "));
        String owner = step.who()
                .variable()
                .toLowerCase(java.util.Locale.ROOT)
                .replace("key", "")
                .replace("_", "");
        return (owner.isEmpty() ? "storage" : owner) + "." + call.store() + "()." + call.operation() + "(" + arguments
                + ");   // " + (step.together() == 0 ? "" : "at once with the others; ")
                + (step.answer() == null ? "no answer" : step.answer().toString());
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
                    + list.stream().limit(20).map(Paste::literal).collect(Collectors.joining(", "))
                    + (list.size() > 20 ? ", …" : "") + ")";
        }
        if (value instanceof SetValue set) {
            return set.kind().label() + "Set.of("
                    + set.members().stream().map(Paste::literal).collect(Collectors.joining(", ")) + ")";
        }
        return value instanceof String text && text.length() > LONGEST / 10
                ? Values.brief(text)
                : Values.canonical(value);
    }
}
