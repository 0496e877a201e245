package dev.stowage.emulator.http.control;

import dev.stowage.emulator.http.exchange.EmulatorServices;
import dev.stowage.emulator.http.exchange.Route;
import dev.stowage.emulator.service.InstallService;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;

/** Forgets everything, or everything of one app. */
public final class ResetRoutes {

    private final InstallService installService;
    private final Runnable resetAll;

    public ResetRoutes(EmulatorServices services) {
        this.installService = services.installService();
        this.resetAll = services.reset();
    }

    public List<Route> routes() {
        return List.of(Route.post(InstallRoutes.PREFIX + "/reset", this::reset));
    }

    private void reset(Context ctx) {
        ControlBody.read(ctx);
        Optional<String> appId = Optional.ofNullable(ctx.queryParam("appId"))
                .map(id -> installService.knownApp(id).appId());
        if (appId.isPresent()) {
            installService.reset(appId.get());
        } else {
            resetAll.run();
        }
        ctx.res().setStatus(204);
    }
}
