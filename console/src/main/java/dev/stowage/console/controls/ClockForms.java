package dev.stowage.console.controls;

import dev.stowage.console.page.Parameters;
import dev.stowage.console.page.StoreScope;
import dev.stowage.emulator.App;
import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.Install;
import dev.stowage.emulator.time.EmulatorClock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Moves the clock of an app, or the emulator's. */
public final class ClockForms {

    private final Emulator emulator;

    public ClockForms(Emulator emulator) {
        this.emulator = emulator;
    }

    /** Freezes, sets, advances or resumes a clock. A clock that runs is frozen before it is advanced. */
    public void move(Parameters form) {
        Optional<App> app = form.optional("app").map(appId -> StoreScope.appOf(emulator, appId));
        EmulatorClock clock = app.map(App::clock).orElseGet(emulator::clock);
        switch (form.required("action")) {
            case "freeze" -> clock.freeze();
            case "resume" -> clock.resume();
            case "advance" -> advance(clock, form.requiredNumber("seconds"));
            case "set" -> clock.set(instant(form.required("now")));
            case "beforeExpiry" -> clock.set(requiredExpiry(app));
            case "afterExpiry" -> clock.set(requiredExpiry(app).plusSeconds(1));
            default ->
                throw Parameters.refused(
                        "The action must be freeze, resume, advance, set, beforeExpiry or afterExpiry.");
        }
    }

    private static void advance(EmulatorClock clock, long seconds) {
        if (clock.mode() == EmulatorClock.Mode.SYSTEM) {
            clock.freeze();
        }
        clock.advance(Duration.ofSeconds(seconds));
    }

    /** Reads an instant, also as the pages show it. */
    private static Instant instant(String text) {
        String shown = text.strip().replaceFirst(" UTC$", "").replaceFirst(" ", "T");
        String complete = shown.matches("\\d{4}-\\d\\d-\\d\\d") ? shown + "T00:00:00" : shown;
        try {
            return Instant.parse(complete.endsWith("Z") ? complete : complete + "Z");
        } catch (DateTimeParseException noInstant) {
            throw Parameters.refused("The time must be an instant in ISO 8601, for example 2026-01-31T12:00:00Z.");
        }
    }

    private static Instant requiredExpiry(Optional<App> app) {
        return nextExpiry(app.orElseThrow(
                        () -> Parameters.refused("Choose an app: the next expiry is that of its records.")))
                .orElseThrow(() -> Parameters.refused("No record of the app expires."));
    }

    /** Returns the last second of the app's record that expires first; empty if none expires. */
    static Optional<Instant> nextExpiry(App app) {
        return Stream.concat(
                        Stream.of(app.browse()),
                        app.installs().stream().filter(Install::isActive).map(Install::browse))
                .flatMap(browser -> browser.nextExpiry().stream())
                .min(Comparator.naturalOrder());
    }
}
