package dev.stowage.contract.backend;

/**
 * How the shell commands of a counterexample access the backend.
 *
 * @param url the URL of the service
 * @param hasControlPlane true if the commands may create apps and installs and advance time; otherwise the keys are the reader's own
 * @param needsAdminToken true if the control plane requires a token
 * @param restartCommand kills the service and starts it again; empty if there is no such command
 * @param disturbCommand disturbs a part of the service; empty if there is no such command
 */
public record ShellAccess(
        String url, boolean hasControlPlane, boolean needsAdminToken, String restartCommand, String disturbCommand) {

    /** The environment variable of the command that disturbs the service: which disturbance it chooses. */
    public static final String DISTURBANCE = "STOWAGE_DISTURBANCE";

    /** A local service with a control plane. */
    public static final ShellAccess LOCAL = new ShellAccess("http://127.0.0.1:4300", true, false, "", "");
}
