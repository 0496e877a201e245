package dev.stowage.contract.report;

import dev.stowage.contract.backend.ShellAccess;
import dev.stowage.contract.property.Action;
import dev.stowage.contract.property.Principal;
import dev.stowage.contract.property.Step;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The first lines of a counterexample in a shell: the URL, the keys that it uses, and a clock that it can advance. */
final class ShellPreamble {

    /** Reads a member of a JSON object from standard input. */
    private static final String JSON = "json() { sed -n \"s/.*\\\"$1\\\": *\\\"\\{0,1\\}\\([^\\\",}]*\\).*/\\1/p\"; }";

    private static final String CONTENT_TYPE = " -H 'Content-Type: application/json'";

    private ShellPreamble() {}

    static List<String> of(List<Step> steps, ShellAccess access, boolean readsVersions) {
        List<String> lines = new ArrayList<>();
        lines.add("[ -n \"$ZSH_VERSION\" ] && setopt interactivecomments");
        lines.add("export URL=" + access.url() + (access.hasControlPlane() ? " APP=contract-$$" : ""));
        if (access.hasControlPlane() || readsVersions) {
            lines.add(JSON);
        }
        if (access.needsAdminToken()) {
            lines.add(": \"${ADMIN_TOKEN:?Set it to the --admin-token of the run.}\"");
        }
        for (Principal principal : principals(steps)) {
            lines.add(key(principal, access));
        }
        if (access.hasControlPlane()
                && steps.stream().anyMatch(step -> step.action().kind() == Action.Kind.ADVANCE)) {
            lines.add(control("PUT", "/clock?appId=$APP", "'{\"mode\":\"manual\"}'", access) + " > /dev/null");
        }
        return lines;
    }

    /** The callers of the steps, {@link Principal#INSTALL} first, because wrong keys are derived from its key. */
    private static Set<Principal> principals(List<Step> steps) {
        Set<Principal> principals = new LinkedHashSet<>();
        principals.add(Principal.INSTALL);
        for (Step step : steps) {
            if (step.call() != null) {
                principals.add(step.principal());
            } else if (step.action().kind() == Action.Kind.REINSTALL
                    || step.action().kind() == Action.Kind.UNINSTALL) {
                principals.add(step.action().principal());
            } else if (step.note().contains("$" + Principal.SIBLING.variable())) {
                principals.add(Principal.SIBLING);
            }
        }
        principals.removeIf(principal -> principal.key() == Principal.KeySource.STEP);
        return principals;
    }

    private static String key(Principal principal, ShellAccess access) {
        String variable = principal.variable();
        if (principal.key() == Principal.KeySource.EXPRESSION) {
            return "export " + variable + "=" + principal.expression();
        }
        if (!access.hasControlPlane()) {
            return ": \"${" + variable + ":?Set it to the key of " + principal.label() + ".}\"";
        }
        return switch (principal.key()) {
            case FUNCTION ->
                "export " + variable + "=$(" + control("POST", "/apps", "'{\"appId\":\"'$APP'\"}'", access)
                        + " | json appKey)";
            case OTHER_APP -> install(variable, "$APP-other", access);
            default -> install(variable, "$APP", access);
        };
    }

    /** Installs an app; the response stays in a variable, because it has the install's id. */
    static String install(String variable, String appId, ShellAccess access) {
        return created(variable, control("POST", "/installs", "'{\"appId\":\"'" + appId + "'\"}'", access));
    }

    private static String created(String variable, String command) {
        return variable + "_INSTALL=$(" + command + "); export " + variable + "=$(echo \"$" + variable
                + "_INSTALL\" | json apiKey)";
    }

    static String command(Action action, ShellAccess access) {
        String id = "$(echo \"$" + action.principal().variable() + "_INSTALL\" | json installId)";
        return switch (action.kind()) {
            case ADVANCE ->
                access.hasControlPlane()
                        ? control(
                                        "POST",
                                        "/clock/advance?appId=$APP",
                                        "'{\"seconds\":" + action.number() + "}'",
                                        access)
                                + " > /dev/null"
                        : "sleep " + action.number();
            case WAIT -> "sleep " + action.number();
            case INSTALL -> install(action.principal().variable(), "$APP", access);
            case UNINSTALL -> control("DELETE", "/installs/" + id, "", access);
            case REINSTALL ->
                created(action.other().variable(), control("POST", "/installs/" + id + "/reinstall", "'{}'", access));
            case RESTART -> restart(access);
            case DISTURB -> disturb(action.number(), access);
            case NONE -> "";
        };
    }

    private static String restart(ShellAccess access) {
        return access.restartCommand().isEmpty()
                ? ": 'Kill the service and start it again.'"
                : inShell(access.restartCommand());
    }

    private static String disturb(long number, ShellAccess access) {
        return access.disturbCommand().isEmpty()
                ? ": 'Kill, pause or restart a part of the service.'"
                : ShellAccess.DISTURBANCE + "=" + number + " " + inShell(access.disturbCommand());
    }

    private static String inShell(String command) {
        return "sh -c " + ShellBody.quoted(command) + " > /dev/null 2>&1 < /dev/null; until curl -s -o"
                + " /dev/null \"$URL\"; do sleep 0.2; done";
    }

    private static String control(String method, String path, String body, ShellAccess access) {
        return "curl -s -X " + method + " \"$URL/_emulator" + path + "\""
                + (access.needsAdminToken() ? " -H \"Authorization: Bearer $ADMIN_TOKEN\"" : "")
                + (body.isEmpty() ? "" : CONTENT_TYPE + " -d " + body);
    }
}
