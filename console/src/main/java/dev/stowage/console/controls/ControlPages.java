package dev.stowage.console.controls;

import dev.stowage.console.page.FaultForm;
import dev.stowage.console.page.Frame;
import dev.stowage.console.page.Links;
import dev.stowage.console.page.Pages;
import dev.stowage.console.page.Parameters;
import dev.stowage.console.page.StoreScope;
import dev.stowage.console.page.VisibleText;
import dev.stowage.emulator.App;
import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.call.CallMatch;
import dev.stowage.emulator.console.ConsoleResponse;
import dev.stowage.emulator.fault.ArmedFault;
import dev.stowage.emulator.fault.Fault;
import dev.stowage.emulator.fault.Faults;
import dev.stowage.emulator.gate.Gate;
import dev.stowage.emulator.gate.HeldOperation;
import dev.stowage.emulator.gate.Hold;
import dev.stowage.emulator.time.EmulatorClock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The page with the clock, the faults and the held operations of one app, or of all apps. */
public final class ControlPages {

    private static final int LONGEST = 80;

    private final Emulator emulator;
    private final Pages pages;

    public ControlPages(Emulator emulator, Pages pages) {
        this.emulator = emulator;
        this.pages = pages;
    }

    /**
     * A clock.
     *
     * @param nextExpiry the last second of the record that expires first; empty if none expires
     */
    public record ClockModel(String now, String instant, boolean isFrozen, String nextExpiry) {}

    /**
     * A rule.
     *
     * @param hits how often the fault was injected, and how often it will be at most
     */
    public record FaultRow(long faultId, String kind, String where, String hits, boolean isUsedUp) {}

    /** An operation that waits. */
    public record HeldRow(long operationId, String call) {}

    /** A hold. */
    public record HoldRow(long holdId, String where, String deadline, List<HeldRow> waiting) {}

    /** What changes while the page is open. */
    public record Live(
            String appId, List<FaultRow> faults, List<HoldRow> holds, String stamp, String url, String self) {}

    /** An app that can be chosen. */
    public record AppOption(String appId, String name) {

        static AppOption of(App app) {
            return new AppOption(app.appId(), VisibleText.shortened(app.appId(), LONGEST));
        }
    }

    /** The page. */
    public record Model(
            String appId,
            String scopeName,
            ClockModel clock,
            Live live,
            FaultForm faultForm,
            List<AppOption> apps,
            String self) {}

    private static final int MAX_APPS = 200;

    /** The page with the controls. */
    public ConsoleResponse show(Parameters query) {
        Optional<App> app = app(query);
        String appId = app.map(App::appId).orElse("");
        return pages.page(
                "controls",
                pages.frame("Time and faults", Frame.Section.CONTROLS, app, List.of()),
                new Model(
                        appId,
                        app.map(found -> "the app " + VisibleText.shortened(appId, LONGEST))
                                .orElse("all apps"),
                        clock(app),
                        live(app),
                        FaultForm.of(appId),
                        emulator.apps().stream()
                                .limit(MAX_APPS)
                                .map(AppOption::of)
                                .toList(),
                        Links.to("controls", "app", appId)));
    }

    /** The faults and the held operations, if they have changed. */
    public ConsoleResponse live(Parameters query) {
        Live live = live(app(query));
        return live.stamp().equals(query.text("stamp"))
                ? ConsoleResponse.noContent()
                : pages.part("controlsLive", live);
    }

    private Optional<App> app(Parameters query) {
        return query.optional("app").map(appId -> StoreScope.appOf(emulator, appId));
    }

    private ClockModel clock(Optional<App> app) {
        EmulatorClock clock = app.map(App::clock).orElseGet(emulator::clock);
        Instant now = clock.instant();
        return new ClockModel(
                Pages.time(now),
                now.truncatedTo(ChronoUnit.SECONDS).toString(),
                clock.mode() == EmulatorClock.Mode.MANUAL,
                app.flatMap(ClockForms::nextExpiry).map(Pages::time).orElse(""));
    }

    private Live live(Optional<App> app) {
        Faults faults = app.map(App::faults).orElseGet(emulator::faults);
        Gate gate = app.map(App::gate).orElseGet(emulator::gate);
        List<FaultRow> faultRows = faults.list().stream().map(ControlPages::row).toList();
        List<HoldRow> holdRows = gate.holds().stream().map(ControlPages::row).toList();
        String stamp = Integer.toHexString(31 * faultRows.hashCode() + holdRows.hashCode());
        String appId = app.map(App::appId).orElse("");
        return new Live(
                appId,
                faultRows,
                holdRows,
                stamp,
                Links.to("controls/live", "app", appId, "stamp", stamp),
                Links.to("controls", "app", appId));
    }

    private static FaultRow row(ArmedFault armed) {
        int times = armed.rule().times();
        return new FaultRow(
                armed.faultId(),
                armed.rule().fault().kind().wireName() + details(armed.rule().fault()),
                where(armed.rule().match())
                        + (armed.rule().skip() == 0
                                ? ""
                                : ", after the first " + armed.rule().skip()),
                armed.fired() + (times == Integer.MAX_VALUE ? "" : " of " + times),
                armed.fired() >= times);
    }

    private static String details(Fault fault) {
        if (fault instanceof Fault.Delay delay) {
            return " " + delay.duration().toMillis() + " ms";
        }
        return fault instanceof Fault.Race race ? (race.write().merges() ? " patch" : " put") : "";
    }

    private static HoldRow row(Hold hold) {
        return new HoldRow(
                hold.holdId(),
                where(hold.match()),
                hold.deadline().toSeconds() + " s",
                hold.waiting().stream().map(ControlPages::row).toList());
    }

    private static HeldRow row(HeldOperation held) {
        return new HeldRow(held.operationId(), VisibleText.shortened(held.call().toString(), 3 * LONGEST));
    }

    private static String where(CallMatch match) {
        List<String> parts = new ArrayList<>();
        match.appId().ifPresent(app -> parts.add("app " + VisibleText.shortened(app, LONGEST)));
        match.installId().ifPresent(install -> parts.add("install " + install));
        match.store().ifPresent(store -> parts.add(store.wireName()));
        match.operation().ifPresent(parts::add);
        match.key().ifPresent(key -> parts.add("'" + VisibleText.shortened(key, LONGEST) + "'"));
        return parts.isEmpty() ? "every operation" : String.join(", ", parts);
    }
}
