package dev.stowage.console.advice;

import dev.stowage.console.page.Frame;
import dev.stowage.console.page.Links;
import dev.stowage.console.page.Pages;
import dev.stowage.console.page.Parameters;
import dev.stowage.console.page.StoreScope;
import dev.stowage.console.page.VisibleText;
import dev.stowage.emulator.App;
import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.advice.Advice;
import dev.stowage.emulator.advice.Practice;
import dev.stowage.emulator.console.ConsoleResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Which best practices the apps break. */
public final class AdvicePages {

    private static final int MAX_APPS = 200;

    private final Emulator emulator;
    private final Pages pages;

    public AdvicePages(Emulator emulator, Pages pages) {
        this.emulator = emulator;
        this.pages = pages;
    }

    /** What the page shows. */
    public record Model(List<Finding> findings, List<String> practices, Optional<String> appId) {}

    /**
     * One finding.
     *
     * @param requests the address of the record's requests
     */
    public record Finding(
            String practice,
            String appId,
            String store,
            String key,
            String observation,
            String advice,
            List<String> evidence,
            String requests) {}

    /** The page with the advice on one app, or on all of them. */
    public ConsoleResponse show(Parameters query) {
        Optional<App> app = query.optional("app").map(appId -> StoreScope.appOf(emulator, appId));
        List<App> apps = app.map(List::of).orElseGet(emulator::apps);
        List<Finding> findings = apps.stream()
                .limit(MAX_APPS)
                .flatMap(each -> pages.advice(each).stream().map(advice -> finding(each, advice)))
                .toList();
        return pages.page(
                "advice",
                pages.frame("Advice", Frame.Section.ADVICE, app, List.of()),
                new Model(
                        findings,
                        Arrays.stream(Practice.values()).map(Practice::id).toList(),
                        app.map(App::appId).map(VisibleText::of)));
    }

    /** The operations, with equal ones that follow each other on one line. */
    private static List<String> evidence(Advice advice) {
        List<String> lines = new ArrayList<>();
        List<String> all = advice.evidence();
        for (int from = 0, to; from < all.size(); from = to) {
            to = from + 1;
            while (to < all.size() && all.get(to).equals(all.get(from))) {
                to++;
            }
            lines.add(VisibleText.of(all.get(from)) + (to == from + 1 ? "" : "  × " + (to - from)));
        }
        return lines;
    }

    private static Finding finding(App app, Advice advice) {
        return new Finding(
                advice.practice().id(),
                VisibleText.of(app.appId()),
                advice.store().wireName(),
                VisibleText.of(advice.key()),
                VisibleText.of(advice.observation()),
                advice.practice().advice(),
                evidence(advice),
                Links.to("requests", "app", app.appId(), "store", advice.store().wireName(), "key", advice.key()));
    }
}
