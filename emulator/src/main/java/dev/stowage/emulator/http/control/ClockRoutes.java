package dev.stowage.emulator.http.control;

import dev.stowage.emulator.http.data.OperationArguments;
import dev.stowage.emulator.http.exchange.Route;
import dev.stowage.emulator.service.Clocks;
import dev.stowage.emulator.service.InstallService;
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

/** The emulator's clock, and with {@code ?appId=} an app's. */
public final class ClockRoutes {

    private static final String PATH = InstallRoutes.PREFIX + "/clock";
    private static final double MAX_ADVANCE_SECONDS = 1e12;

    private final InstallService installService;
    private final Clocks clocks;

    public ClockRoutes(InstallService installService, Clocks clocks) {
        this.installService = installService;
        this.clocks = clocks;
    }

    public List<Route> routes() {
        return List.of(
                Route.get(PATH, this::getClock),
                Route.put(PATH, this::setClock),
                Route.post(PATH + "/advance", this::advanceClock));
    }

    private void getClock(Context ctx) throws IOException {
        answerClock(ctx, clock(ctx));
    }

    private void setClock(Context ctx) throws IOException {
        ControlBody body = ControlBody.read(ctx, "mode", "now");
        Optional<String> mode = body.text("mode");
        Optional<Instant> now = body.text("now").map(ClockRoutes::parse);
        EmulatorClock clock = clock(ctx);
        if (mode.isEmpty() && now.isEmpty()) {
            throw OperationArguments.refused("Setting a clock needs a mode (system or manual), a now, or both.");
        }
        switch (mode.orElse("manual")) {
            case "manual" -> now.ifPresentOrElse(clock::set, clock::freeze);
            case "system" -> {
                if (now.isPresent()) {
                    throw OperationArguments.refused(
                            "The system's time can't be set to a now of your own; the mode manual can.");
                }
                clock.resumeSystemTime();
            }
            default -> throw OperationArguments.refused("The mode must be system or manual.");
        }
        answerClock(ctx, clock);
    }

    private static Instant parse(String now) {
        try {
            return Instant.parse(now);
        } catch (DateTimeParseException noInstant) {
            throw OperationArguments.refused(
                    "The member now must be an instant by ISO 8601, like 2026-01-31T12:00:00Z.");
        }
    }

    private void advanceClock(Context ctx) throws IOException {
        double seconds = ControlBody.read(ctx, "seconds").requiredNumber("seconds");
        if (Math.abs(seconds) > MAX_ADVANCE_SECONDS) {
            throw OperationArguments.refused("Time can't be advanced that far: it ends with the year 9999.");
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
                : clocks.of(installService.knownApp(appId).appId());
    }

    private static void answerClock(Context ctx, EmulatorClock clock) throws IOException {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("now", clock.instant().toString());
        answer.put("mode", clock.mode().name().toLowerCase(Locale.ROOT));
        ControlBody.answer(ctx, 200, answer);
    }
}
