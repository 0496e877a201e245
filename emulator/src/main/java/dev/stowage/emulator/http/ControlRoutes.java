package dev.stowage.emulator.http;

import dev.stowage.emulator.service.AppRecord;
import dev.stowage.emulator.service.Clocks;
import dev.stowage.emulator.service.InstallRecord;
import dev.stowage.emulator.service.Installs;
import dev.stowage.emulator.time.EmulatorClock;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The control plane: health, apps, installs, clock. */
final class ControlRoutes {

    static final String PREFIX = "/_emulator";

    private static final double MAX_ADVANCE_SECONDS = 1e12;

    private final Installs installs;
    private final Clocks clocks;
    private final String version;
    private final long startedAt = System.nanoTime();

    ControlRoutes(Installs installs, Clocks clocks, String version) {
        this.installs = installs;
        this.clocks = clocks;
        this.version = version;
    }

    List<Route> routes() {
        return List.of(
                Route.get(PREFIX + "/health", this::health),
                Route.post(PREFIX + "/apps", this::addApp),
                Route.post(PREFIX + "/installs", this::addInstall),
                Route.get(PREFIX + "/installs", this::listInstalls),
                Route.get(PREFIX + "/installs/{installId}", this::getInstall),
                Route.delete(PREFIX + "/installs/{installId}", this::uninstall),
                Route.post(PREFIX + "/installs/{installId}/reinstall", this::reinstall),
                Route.post(PREFIX + "/installs/{installId}/upgrade", this::upgrade),
                Route.post(PREFIX + "/installs/{installId}/fail", this::fail),
                Route.get(PREFIX + "/clock", this::getClock),
                Route.put(PREFIX + "/clock", this::setClock),
                Route.post(PREFIX + "/clock/advance", this::advanceClock));
    }

    private void health(Context ctx) throws IOException {
        Map<String, Object> health = new LinkedHashMap<>();
        health.put("status", "ready");
        health.put("version", version);
        health.put("uptimeMs", Duration.ofNanos(System.nanoTime() - startedAt).toMillis());
        ControlBody.answer(ctx, 200, health);
    }

    private void addApp(Context ctx) throws IOException {
        AppRecord app = installs.app(ControlBody.read(ctx, "appId").requiredText("appId"));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("appId", app.appId());
        answer.put("appKey", app.appKey());
        ControlBody.answer(ctx, 200, answer);
    }

    private void addInstall(Context ctx) throws IOException {
        ControlBody body = ControlBody.read(ctx, "appId", "trackerId");
        InstallRecord install = installs.install(body.text("appId").orElse("default"), body.text("trackerId"));
        ControlBody.answer(ctx, 200, withKey(install));
    }

    private void listInstalls(Context ctx) throws IOException {
        List<Map<String, Object>> all =
                installs.list().stream().map(this::withState).toList();
        ControlBody.answer(ctx, 200, Map.of("installs", all));
    }

    private void getInstall(Context ctx) throws IOException {
        ControlBody.answer(ctx, 200, withState(installs.get(installId(ctx))));
    }

    private void uninstall(Context ctx) {
        installs.uninstall(installId(ctx));
        ctx.res().setStatus(204);
    }

    private void reinstall(Context ctx) throws IOException {
        ControlBody.read(ctx);
        ControlBody.answer(ctx, 200, withKey(installs.reinstall(installId(ctx))));
    }

    private void upgrade(Context ctx) throws IOException {
        ControlBody.read(ctx);
        ControlBody.answer(ctx, 200, withState(installs.upgrade(installId(ctx))));
    }

    private void fail(Context ctx) {
        ControlBody.read(ctx);
        installs.fail(installId(ctx));
        ctx.res().setStatus(204);
    }

    static Map<String, Object> withKey(InstallRecord install) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("installId", install.installId());
        answer.put("appId", install.appId());
        answer.put("trackerId", install.trackerId());
        answer.put("apiKey", install.apiKey());
        return answer;
    }

    private Map<String, Object> withState(InstallRecord install) {
        Map<String, Object> answer = withKey(install);
        answer.put("state", install.state().wireName());
        answer.put(
                "history",
                installs.history(install.installId()).stream()
                        .map(event -> Map.of(
                                "event",
                                event.kind().wireName(),
                                "at",
                                event.at().toString()))
                        .toList());
        answer.put("lateOperations", installs.lateOperations(install.installId()));
        return answer;
    }

    static long installId(Context ctx) {
        String id = ctx.pathParam("installId");
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException noNumber) {
            throw Arguments.refused("An installId is a whole number.");
        }
    }

    private void getClock(Context ctx) throws IOException {
        answerClock(ctx, clock(ctx));
    }

    private void setClock(Context ctx) throws IOException {
        ControlBody body = ControlBody.read(ctx, "mode", "now");
        Optional<String> mode = body.text("mode");
        Optional<Instant> now = body.text("now").map(ControlRoutes::parse);
        EmulatorClock clock = clock(ctx);
        if (mode.isEmpty() && now.isEmpty()) {
            throw Arguments.refused("Setting a clock needs a mode (system or manual), a now, or both.");
        }
        switch (mode.orElse("manual")) {
            case "manual" -> now.ifPresentOrElse(clock::set, clock::standStill);
            case "system" -> {
                if (now.isPresent()) {
                    throw Arguments.refused(
                            "The system's time can't be set to a now of your own; the mode manual can.");
                }
                clock.followSystem();
            }
            default -> throw Arguments.refused("The mode must be system or manual.");
        }
        answerClock(ctx, clock);
    }

    private static Instant parse(String now) {
        try {
            return Instant.parse(now);
        } catch (DateTimeParseException noInstant) {
            throw Arguments.refused("The member now must be an instant by ISO 8601, like 2026-01-31T12:00:00Z.");
        }
    }

    private void advanceClock(Context ctx) throws IOException {
        double seconds = ControlBody.read(ctx, "seconds").requiredNumber("seconds");
        if (Math.abs(seconds) > MAX_ADVANCE_SECONDS) {
            throw Arguments.refused("Time can't be advanced that far: it ends with the year 9999.");
        }
        double whole = Math.floor(seconds);
        long nanos = Math.round((seconds - whole) * 1e9);
        EmulatorClock clock = clock(ctx);
        clock.advance(Duration.ofSeconds((long) whole, nanos));
        answerClock(ctx, clock);
    }

    private EmulatorClock clock(Context ctx) {
        String appId = ctx.queryParam("appId");
        return appId == null
                ? clocks.emulator()
                : clocks.of(installs.knownApp(appId).appId());
    }

    private static void answerClock(Context ctx, EmulatorClock clock) throws IOException {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("now", clock.instant().toString());
        answer.put("mode", clock.mode().name().toLowerCase(Locale.ROOT));
        ControlBody.answer(ctx, 200, answer);
    }
}
