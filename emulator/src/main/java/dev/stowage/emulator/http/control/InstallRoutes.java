package dev.stowage.emulator.http.control;

import dev.stowage.emulator.http.exchange.HeapGuard;
import dev.stowage.emulator.http.exchange.Route;
import dev.stowage.emulator.service.AppRecord;
import dev.stowage.emulator.service.InstallRecord;
import dev.stowage.emulator.service.InstallService;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Health, apps and the install lifecycle. */
public final class InstallRoutes {

    public static final String PREFIX = "/_emulator";

    static final String INSTALL = "/installs/{installId}";

    /** An estimate of what an install takes: its record, key, history, account and guard. */
    private static final long BYTES_OF_INSTALL = 4_000;

    private final InstallService installService;
    private final String version;
    private final long startNanos = System.nanoTime();

    public InstallRoutes(InstallService installService, String version) {
        this.installService = installService;
        this.version = version;
    }

    public List<Route> routes() {
        return List.of(
                ControlRoute.get("/health").handledBy(this::health),
                ControlRoute.post("/apps").body("appId").handledBy(this::addApp),
                ControlRoute.post("/installs").body("appId", "trackerId").handledBy(this::addInstall),
                ControlRoute.get("/installs").handledBy(this::listInstalls),
                ControlRoute.get(INSTALL).handledBy(this::getInstall),
                ControlRoute.delete(INSTALL).handledBy(this::uninstall),
                ControlRoute.post(INSTALL + "/reinstall").handledBy(this::reinstall),
                ControlRoute.post(INSTALL + "/upgrade").handledBy(this::upgrade),
                ControlRoute.post(INSTALL + "/fail").handledBy(this::fail));
    }

    private void health(ControlRequest request) throws IOException {
        installService.checkAvailable();
        Map<String, Object> health = new LinkedHashMap<>();
        health.put("status", "ready");
        health.put("version", version);
        health.put("uptimeMs", Duration.ofNanos(System.nanoTime() - startNanos).toMillis());
        request.respond(health);
    }

    /** Refuses what would be stored for ever, or until a reset, while the memory is nearly full. */
    private static void requireRoom() {
        HeapGuard.OF_THIS_JVM.requireRoomFor(BYTES_OF_INSTALL);
    }

    private void addApp(ControlRequest request) throws IOException {
        requireRoom();
        AppRecord app = installService.app(request.body().requiredText("appId"));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("appId", app.appId());
        body.put("appKey", app.appKey());
        request.respond(body);
    }

    private void addInstall(ControlRequest request) throws IOException {
        ControlBody wanted = request.body();
        requireRoom();
        InstallRecord install =
                installService.install(wanted.text("appId").orElse("default"), wanted.text("trackerId"));
        request.respond(withKey(install));
    }

    private void listInstalls(ControlRequest request) throws IOException {
        List<Map<String, Object>> all =
                installService.list().stream().map(this::withState).toList();
        request.respond(Map.of("installs", all));
    }

    private void getInstall(ControlRequest request) throws IOException {
        request.respond(withState(installService.get(installId(request))));
    }

    private void uninstall(ControlRequest request) {
        installService.uninstall(installId(request));
        request.respondNoContent();
    }

    private void reinstall(ControlRequest request) throws IOException {
        requireRoom();
        request.respond(withKey(installService.reinstall(installId(request))));
    }

    private void upgrade(ControlRequest request) throws IOException {
        requireRoom();
        request.respond(withState(installService.upgrade(installId(request))));
    }

    private void fail(ControlRequest request) {
        installService.failInstallation(installId(request));
        request.respondNoContent();
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

    static long installId(ControlRequest request) {
        return request.pathNumber("installId");
    }
}
