package dev.stowage.emulator.http.control;

import dev.stowage.emulator.http.exchange.EmulatorServices;
import dev.stowage.emulator.http.exchange.HeapGuard;
import dev.stowage.emulator.http.exchange.Route;
import dev.stowage.emulator.service.InstallService;
import java.util.List;
import java.util.Optional;

/** Resets the emulator, or one app. */
public final class ResetRoutes {

    private final InstallService installService;
    private final Runnable resetAll;

    public ResetRoutes(EmulatorServices services) {
        this.installService = services.installService();
        this.resetAll = services.reset();
    }

    public List<Route> routes() {
        return List.of(ControlRoute.post("/reset").query("appId").handledBy(this::reset));
    }

    private void reset(ControlRequest request) {
        Optional<String> appId =
                request.parameter("appId").map(id -> installService.knownApp(id).appId());
        if (appId.isPresent()) {
            installService.reset(appId.get());
        } else {
            resetAll.run();
        }
        HeapGuard.OF_THIS_JVM.freed();
        request.respondNoContent();
    }
}
