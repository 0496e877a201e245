package dev.stowage.emulator.http.control;

import dev.stowage.emulator.http.data.OperationArguments;
import dev.stowage.emulator.http.exchange.Route;
import dev.stowage.emulator.service.Clocks;
import dev.stowage.emulator.service.InstallService;
import dev.stowage.emulator.time.EmulatorClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads and sets the emulator's clock, or with {@code ?appId=} the clock of an app. */
public final class ClockRoutes {

    private static final String PATH = "/clock";
    private static final double MAX_ADVANCE_SECONDS = 1e12;

    private final InstallService installService;
    private final Clocks clocks;

    public ClockRoutes(InstallService installService, Clocks clocks) {
        this.installService = installService;
        this.clocks = clocks;
    }

    public List<Route> routes() {
        return List.of(
                ControlRoute.get(PATH).query("appId").handledBy(this::getClock),
                ControlRoute.put(PATH).query("appId").body("mode", "now").handledBy(this::setClock),
                ControlRoute.post(PATH + "/advance")
                        .query("appId")
                        .body("seconds")
                        .handledBy(this::advanceClock));
    }

    private void getClock(ControlRequest request) throws IOException {
        respondClock(request, clock(request));
    }

    private void setClock(ControlRequest request) throws IOException {
        ControlBody body = request.body();
        Optional<String> mode = body.text("mode");
        Optional<Instant> now = body.text("now").map(ClockRoutes::parse);
        EmulatorClock clock = clock(request);
        if (mode.isEmpty() && now.isEmpty()) {
            throw OperationArguments.refused(
                    "The body must contain 'mode' ('system' or 'manual') or 'now'. 'now' can be combined with mode 'manual' only.");
        }
        switch (mode.orElse("manual")) {
            case "manual" -> now.ifPresentOrElse(clock::set, clock::freeze);
            case "system" -> {
                if (now.isPresent()) {
                    throw OperationArguments.refused(
                            "The member now can't be combined with the mode system. Use the mode manual to set the time.");
                }
                clock.resumeSystemTime();
            }
            default -> throw OperationArguments.refused("The member mode must be system or manual.");
        }
        respondClock(request, clock);
    }

    private static Instant parse(String now) {
        try {
            return Instant.parse(now);
        } catch (DateTimeParseException noInstant) {
            throw OperationArguments.refused(
                    "The member now must be an instant in ISO 8601, for example 2026-01-31T12:00:00Z.");
        }
    }

    private void advanceClock(ControlRequest request) throws IOException {
        double seconds = request.body().requiredNumber("seconds");
        if (Math.abs(seconds) > MAX_ADVANCE_SECONDS) {
            throw OperationArguments.refused("The clock can't be advanced that far. The last possible year is 9999.");
        }
        double whole = Math.floor(seconds);
        long nanos = Math.round((seconds - whole) * 1e9);
        EmulatorClock clock = clock(request);
        clock.advance(Duration.ofSeconds((long) whole, nanos));
        respondClock(request, clock);
    }

    private EmulatorClock clock(ControlRequest request) {
        Optional<String> appId = request.parameter("appId");
        clocks.refresh();
        return appId.isPresent()
                ? clocks.of(installService.knownApp(appId.get()).appId())
                : clocks.emulator();
    }

    private static void respondClock(ControlRequest request, EmulatorClock clock) throws IOException {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("now", clock.instant().toString());
        body.put("mode", clock.mode().name().toLowerCase(Locale.ROOT));
        request.respond(body);
    }
}
