package dev.stowage.console.page;

import dev.stowage.emulator.App;
import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.advice.Advice;
import dev.stowage.emulator.advice.AdviceScope;
import dev.stowage.emulator.console.ConsoleResponse;
import dev.stowage.emulator.time.EmulatorClock;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Writes pages with the templates, each in its frame. */
public final class Pages {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int MAX_ADVISED = 1_000;

    private final Emulator emulator;
    private final TemplateEngine templates = TemplateEngine.createPrecompiled(
            null, ContentType.Html, Pages.class.getClassLoader(), "dev.stowage.console.templates");

    public Pages(Emulator emulator) {
        this.emulator = emulator;
    }

    /** Returns the frame of a page about one app, or about all of them. */
    public Frame frame(String title, Frame.Section section, Optional<App> app, List<Frame.Crumb> crumbs) {
        return new Frame(
                VisibleText.shortened(title, 100), section, app.map(App::appId).orElse(""), crumbs, status(app));
    }

    /** Returns what a person should know on every page about one app, or about all of them. */
    public Status status(Optional<App> app) {
        EmulatorClock clock = app.map(App::clock).orElseGet(emulator::clock);
        String appId = app.map(App::appId).orElse("");
        return new Status(
                Links.to("status", "app", appId),
                app.isPresent(),
                time(clock.instant()),
                clock.mode() == EmulatorClock.Mode.MANUAL,
                app.map(List::of).orElseGet(this::advisedApps).stream()
                        .mapToLong(each -> advice(each).size())
                        .sum(),
                app.map(App::faults).orElseGet(emulator::faults).list().stream()
                        .filter(fault -> fault.fired() < fault.rule().times())
                        .count(),
                app.map(App::gate).orElseGet(emulator::gate).holds().stream()
                        .mapToLong(hold -> hold.waiting().size())
                        .sum(),
                Links.to("advice", "app", appId),
                Links.to("controls", "app", appId));
    }

    private List<App> advisedApps() {
        return emulator.apps().stream().limit(MAX_ADVISED).toList();
    }

    /** Returns what the advisor says about the app. It looks at the operations since the first page about the app. */
    public List<Advice> advice(App app) {
        if (app.advisor().isEmpty()) {
            app.advise(AdviceScope.all());
        }
        return app.advice();
    }

    /** Writes a page. */
    public ConsoleResponse page(String template, Frame frame, Object model) {
        return page(200, template, frame, model);
    }

    /** Writes a page with a status, for a form that was refused. */
    public ConsoleResponse page(int status, String template, Frame frame, Object model) {
        return ConsoleResponse.html(status, render(template, Map.of("frame", frame, "model", model)));
    }

    /** Writes a part of a page, which the page loads again. */
    public ConsoleResponse part(String template, Object model) {
        return ConsoleResponse.html(200, render(template, Map.of("model", model)));
    }

    private String render(String template, Map<String, Object> parameters) {
        StringOutput html = new StringOutput();
        templates.render(template + ".jte", new HashMap<>(parameters), html);
        return html.toString();
    }

    /** The time for a person, in UTC. */
    public static String time(Instant instant) {
        return TIME.format(instant);
    }
}
