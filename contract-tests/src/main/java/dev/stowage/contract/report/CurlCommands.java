package dev.stowage.contract.report;

import dev.stowage.contract.backend.ShellAccess;
import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.WireCodec;
import dev.stowage.contract.property.Action;
import dev.stowage.contract.property.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Renders a counterexample as shell commands to paste. They need {@code sh}, {@code curl} and {@code sed}, and create a new app each
 * time, so versions differ from those of the run: a call that names a version uses the one that an earlier get has read.
 */
final class CurlCommands {

    private final List<Step> steps;
    private final ShellAccess access;

    private CurlCommands(List<Step> steps, ShellAccess access) {
        this.steps = steps;
        this.access = access;
    }

    static List<String> of(List<Step> steps, ShellAccess access) {
        return new CurlCommands(steps, access).lines();
    }

    private List<String> lines() {
        boolean readsVersions = steps.stream()
                .map(Step::call)
                .anyMatch(call -> call != null && (call.has("updater") || call.has("ifVersion")));
        List<String> lines = new ArrayList<>(ShellPreamble.of(steps, access, readsVersions));
        int together = 0;
        for (Step step : steps) {
            if (together != 0 && step.together() != together) {
                lines.add("wait");
            }
            together = step.together();
            lines.add(line(step));
        }
        if (together != 0) {
            lines.add("wait");
        }
        return lines;
    }

    private String line(Step step) {
        Call call = step.call();
        if (call == null) {
            return step.action().kind() == Action.Kind.NONE
                    ? step.note()
                    : ShellPreamble.command(step.action(), access) + "   # " + step.note();
        }
        String command = call.has("updater") ? updater(step, call) : command(step, call);
        return (step.together() == 0 ? command : "{ " + command + "; } &") + "   # "
                + (step.response() == null ? "no response: " + step.note() : step.response());
    }

    private String command(Step step, Call call) {
        Long read = versionReadBy(step, call);
        String curl = curl(step, call.store() + "/" + call.operation(), call);
        return read == null ? curl : versionOf("V" + read, curl);
    }

    private static String versionOf(String variable, String curl) {
        return variable + "=$(" + curl + " | tee /dev/stderr | json version)";
    }

    private String curl(Step step, String path, Call call) {
        Object version = call.argument("ifVersion");
        String body = WireCodec.body(call);
        String command = ShellBody.curl(
                "-sw '\\n' $URL/v1/" + path + " -H \"Authorization: Bearer $"
                        + step.principal().variable() + "\"",
                body);
        // The version is a variable: the quotes end before it and begin again after it.
        return version instanceof Number number && isRead(call, number.longValue())
                ? command.replace("\"ifVersion\":" + number, "\"ifVersion\":'$V" + number + "'")
                : command;
    }

    /** The version that this get has read, if a later call names it; else null. */
    private @Nullable Long versionReadBy(Step step, Call call) {
        if (!call.operation().equals("get")
                || step.response() == null
                || step.response().version().isEmpty()) {
            return null;
        }
        long version = step.response().version().getAsLong();
        boolean isUsed = steps.stream()
                .map(Step::call)
                .filter(Objects::nonNull)
                .anyMatch(other -> isSameRecord(other, call)
                        && other.argument("ifVersion") instanceof Number number
                        && number.longValue() == version);
        return isUsed && version != 0 ? (Long) version : null;
    }

    private boolean isRead(Call call, long version) {
        return steps.stream().anyMatch(step -> {
            Call other = step.call();
            Long read = other == null || !isSameRecord(other, call) ? null : versionReadBy(step, other);
            return read != null && read == version;
        });
    }

    private static boolean isSameRecord(Call one, Call two) {
        return one.store() == two.store() && one.key().equals(two.key());
    }

    /** An updater as the wire protocol applies it: a get, and a put that is conditional on the version. */
    private String updater(Step step, Call call) {
        String read = versionOf(
                "VERSION", curl(step, call.store() + "/get", Call.of(call.store(), "get", "key", call.key())));
        if (!(call.argument("updater") instanceof Map<?, ?> updater) || !updater.containsKey("returns")) {
            return read;
        }
        Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
        arguments.put("key", call.key());
        arguments.put("value", updater.get("returns"));
        if (call.store().isKeyValue() && !updater.containsKey("ttl")) {
            arguments.put("keepTtl", true);
        } else if (updater.get("ttl") != null) {
            arguments.put("ttl", updater.get("ttl"));
        }
        arguments.put("ifVersion", -1);
        String put = curl(step, call.store() + "/put", new Call(call.store(), "put", arguments));
        return read + "; " + put.replace("\"ifVersion\":-1", "\"ifVersion\":'$VERSION'");
    }
}
