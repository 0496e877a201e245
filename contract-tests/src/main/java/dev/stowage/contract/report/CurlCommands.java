package dev.stowage.contract.report;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.WireCodec;
import dev.stowage.contract.property.Step;
import java.util.ArrayList;
import java.util.List;

/** A counterexample as {@code curl} commands, to be pasted into a shell. */
final class CurlCommands {

    /** A body longer than this is cut, and the line says so. */
    private static final int LONGEST = 2_000;

    private CurlCommands() {}

    /** Lines for a shell in which URL and the keys are set. */
    static List<String> of(List<Step> steps) {
        List<String> lines = new ArrayList<>();
        int together = 0;
        for (Step step : steps) {
            if (together != 0 && step.together() != together) {
                lines.add("wait");
            }
            together = step.together();
            lines.add(command(step));
        }
        if (together != 0) {
            lines.add("wait");
        }
        return lines;
    }

    private static String command(Step step) {
        Call call = step.call();
        if (call == null) {
            return step.isRequest() ? step.note() : "# " + step.note();
        }
        if (call.has("updater")) {
            return "# " + step;
        }
        String body = WireCodec.body(call);
        String shown = body.length() <= LONGEST ? body : body.substring(0, LONGEST) + "… (" + body.length() + " bytes)";
        return "curl -s $URL/v1/" + call.store() + "/" + call.operation() + " -H \"Authorization: Bearer $"
                + step.principal().variable() + "\" -d '" + shown.replace("'", "'\\''") + "'"
                + (step.together() == 0 ? "" : " &") + "   # "
                + (step.response() == null
                        ? "no answer: " + step.note()
                        : step.response().toString());
    }
}
