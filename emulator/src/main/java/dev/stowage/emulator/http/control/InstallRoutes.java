package dev.stowage.emulator.http.control;

import dev.stowage.emulator.http.data.OperationArguments;
import dev.stowage.emulator.http.exchange.Route;
import dev.stowage.emulator.service.AppRecord;
import dev.stowage.emulator.service.InstallRecord;
import dev.stowage.emulator.service.InstallService;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Health, apps and the install lifecycle. */
public final class InstallRoutes {

    public static final String PREFIX = "/_emulator";

    private final InstallService installService;
    private final String version;
    private final long startNanos = System.nanoTime();

    public InstallRoutes(InstallService installService, String version) {
        this.installService = installService;
        this.version = version;
    }

    public List<Route> routes() {
        return List.of(
                Route.get(PREFIX + "/health", this::health),
                Route.post(PREFIX + "/apps", this::addApp),
                Route.post(PREFIX + "/installs", this::addInstall),
                Route.get(PREFIX + "/installs", this::listInstalls),
                Route.get(PREFIX + "/installs/{installId}", this::getInstall),
                Route.delete(PREFIX + "/installs/{installId}", this::uninstall),
                Route.post(PREFIX + "/installs/{installId}/reinstall", this::reinstall),
                Route.post(PREFIX + "/installs/{installId}/upgrade", this::upgrade),
                Route.post(PREFIX + "/installs/{installId}/fail", this::fail));
    }

    private void health(Context ctx) throws IOException {
        Map<String, Object> health = new LinkedHashMap<>();
        health.put("status", "ready");
        health.put("version", version);
        health.put("uptimeMs", Duration.ofNanos(System.nanoTime() - startNanos).toMillis());
        ControlBody.respond(ctx, 200, health);
    }

    private void addApp(Context ctx) throws IOException {
        AppRecord app = installService.app(ControlBody.read(ctx, "appId").requiredText("appId"));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("appId", app.appId());
        body.put("appKey", app.appKey());
        ControlBody.respond(ctx, 200, body);
    }

    private void addInstall(Context ctx) throws IOException {
        ControlBody request = ControlBody.read(ctx, "appId", "trackerId");
        InstallRecord install =
                installService.install(request.text("appId").orElse("default"), request.text("trackerId"));
        ControlBody.respond(ctx, 200, withKey(install));
    }

    private void listInstalls(Context ctx) throws IOException {
        List<Map<String, Object>> all =
                installService.list().stream().map(this::withState).toList();
        ControlBody.respond(ctx, 200, Map.of("installs", all));
    }

    private void getInstall(Context ctx) throws IOException {
        ControlBody.respond(ctx, 200, withState(installService.get(installId(ctx))));
    }

    private void uninstall(Context ctx) {
        installService.uninstall(installId(ctx));
        ctx.res().setStatus(204);
    }

    private void reinstall(Context ctx) throws IOException {
        ControlBody.read(ctx);
        ControlBody.respond(ctx, 200, withKey(installService.reinstall(installId(ctx))));
    }

    private void upgrade(Context ctx) throws IOException {
        ControlBody.read(ctx);
        ControlBody.respond(ctx, 200, withState(installService.upgrade(installId(ctx))));
    }

    private void fail(Context ctx) {
        ControlBody.read(ctx);
        installService.failInstallation(installId(ctx));
        ctx.res().setStatus(204);
    }

    static Map<String, Object> withKey(InstallRecord install) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("installId", install.installId());
        body.put("appId", install.appId());
        body.put("trackerId", install.trackerId());
        body.put("apiKey", install.apiKey());
        return body;
    }

    private Map<String, Object> withState(InstallRecord install) {
        Map<String, Object> body = withKey(install);
        body.put("state", install.state().wireName());
        body.put(
                "history",
                installService.history(install.installId()).stream()
                        .map(event -> Map.of(
                                "event",
                                event.kind().wireName(),
                                "at",
                                event.at().toString()))
                        .toList());
        body.put("lateOperations", installService.rejectedOperations(install.installId()));
        return body;
    }

    static long installId(Context ctx) {
        String id = ctx.pathParam("installId");
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException noNumber) {
            throw OperationArguments.refused("The installId in the path must be a whole number.");
        }
    }
}
