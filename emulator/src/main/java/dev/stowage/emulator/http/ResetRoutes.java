package dev.stowage.emulator.http;

import dev.stowage.emulator.fault.FaultRules;
import dev.stowage.emulator.journal.OperationJournal;
import dev.stowage.emulator.plugin.PluginData;
import dev.stowage.emulator.service.Installs;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;

/** Forgets everything, or everything of one app. */
final class ResetRoutes {

    private final Installs installs;
    private final PluginData pluginData;
    private final FaultRules faults;
    private final OperationJournal journal;

    ResetRoutes(Backend backend) {
        this.installs = backend.installs();
        this.pluginData = backend.pluginData();
        this.faults = backend.faults();
        this.journal = backend.journal();
    }

    List<Route> routes() {
        return List.of(Route.post(ControlRoutes.PREFIX + "/reset", this::reset));
    }

    private void reset(Context ctx) {
        ControlBody.read(ctx);
        Optional<String> appId = Optional.ofNullable(ctx.queryParam("appId"))
                .map(id -> installs.knownApp(id).appId());
        if (appId.isPresent()) {
            installs.reset(appId.get());
            journal.reset(appId.get());
        } else {
            installs.reset();
            pluginData.reset();
            journal.reset();
        }
        faults.scopedTo(appId).disarmAll();
        ctx.res().setStatus(204);
    }
}
