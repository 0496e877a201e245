package dev.stowage.console;

import dev.stowage.console.advice.AdvicePages;
import dev.stowage.console.controls.ClockForms;
import dev.stowage.console.controls.ControlPages;
import dev.stowage.console.controls.FaultForms;
import dev.stowage.console.controls.HoldForms;
import dev.stowage.console.controls.LifecycleForms;
import dev.stowage.console.data.DataPages;
import dev.stowage.console.data.RecordPages;
import dev.stowage.console.page.Frame;
import dev.stowage.console.page.Links;
import dev.stowage.console.page.PageHandler;
import dev.stowage.console.page.Pages;
import dev.stowage.console.page.Parameters;
import dev.stowage.console.page.Problem;
import dev.stowage.console.requests.RequestPages;
import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.console.Console;
import dev.stowage.emulator.console.ConsoleRequest;
import dev.stowage.emulator.console.ConsoleResponse;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All pages of the console, and the forms on them, by their path. A GET never changes what an app stores or does. */
final class StowageConsole implements Console {

    private final Pages pages;
    private final Assets assets = new Assets();
    private final Map<String, PageHandler> shown = new HashMap<>();
    private final Map<String, PageHandler> forms = new HashMap<>();

    private StowageConsole(Pages pages) {
        this.pages = pages;
    }

    static StowageConsole of(Emulator emulator) {
        Pages pages = new Pages(emulator);
        StowageConsole console = new StowageConsole(pages);
        DataPages data = new DataPages(emulator, pages);
        console.shown.put("", data::apps);
        console.shown.put("app", data::app);
        console.shown.put("install", data::install);
        console.shown.put("store", data::store);
        RecordPages records = new RecordPages(emulator, pages);
        console.shown.put("record", records::record);
        console.shown.put("record/json", records::json);
        console.forms.put("record", records::write);
        RequestPages requests = new RequestPages(emulator, pages);
        console.shown.put("requests", requests::list);
        console.shown.put("requests/rows", requests::rows);
        console.shown.put("request", requests::entry);
        ControlPages controls = new ControlPages(emulator, pages);
        console.shown.put("controls", controls::show);
        console.shown.put("controls/live", controls::live);
        console.forms.put("clock", PageHandler.action(new ClockForms(emulator)::move));
        FaultForms faults = new FaultForms(emulator);
        console.forms.put("fault", PageHandler.action(faults::arm));
        console.forms.put("fault/disarm", PageHandler.action(faults::disarm));
        HoldForms holds = new HoldForms(emulator);
        console.forms.put("hold", PageHandler.action(holds::hold));
        console.forms.put("hold/release", PageHandler.action(holds::release));
        console.forms.put("hold/close", PageHandler.action(holds::close));
        LifecycleForms lifecycle = new LifecycleForms(emulator);
        console.forms.put("lifecycle/install", lifecycle::install);
        console.forms.put("lifecycle", lifecycle::change);
        console.forms.put("reset", lifecycle::reset);
        AdvicePages advice = new AdvicePages(emulator, pages);
        console.shown.put("advice", advice::show);
        console.shown.put(
                "status",
                query -> pages.part("status", pages.status(query.optional("app").flatMap(emulator::findApp))));
        return console;
    }

    @Override
    public ConsoleResponse handle(ConsoleRequest request) {
        // A form's address may name what the form is about: a field can't hold every character that a key may have.
        Map<String, String> values = new HashMap<>(request.form());
        values.putAll(request.query());
        Parameters parameters = new Parameters(values);
        try {
            return Optional.ofNullable((request.isPost() ? forms : shown).get(request.path()))
                    .orElseThrow(() -> new StorageException(ErrorCode.NOT_FOUND, "The console has no such page."))
                    .handle(parameters);
        } catch (StorageException refusal) {
            return refused(refusal, Links.back(parameters.text("back")));
        }
    }

    private ConsoleResponse refused(StorageException refusal, String back) {
        Frame frame = pages.frame("Not done", Frame.Section.DATA, Optional.empty(), List.of());
        int status = refusal.code() == ErrorCode.NOT_FOUND ? 404 : 400;
        return pages.page(status, "problem", frame, Problem.of(refusal, back));
    }

    @Override
    public ConsoleResponse asset(String name) {
        return assets.get(name);
    }

    @Override
    public ConsoleResponse login(boolean wasWrong) {
        return new ConsoleResponse(
                401, "text/html; charset=utf-8", pages.part("login", wasWrong).body(), Map.of());
    }
}
