package dev.stowage.console.data;

import dev.stowage.console.page.Frame;
import dev.stowage.console.page.Links;
import dev.stowage.console.page.Pages;
import dev.stowage.console.page.Parameters;
import dev.stowage.console.page.StoreScope;
import dev.stowage.console.page.VisibleText;
import dev.stowage.emulator.App;
import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.Install;
import dev.stowage.emulator.browse.BrowsedRecord;
import dev.stowage.emulator.browse.RecordBrowser;
import dev.stowage.emulator.browse.RecordPage;
import dev.stowage.emulator.console.ConsoleResponse;
import dev.stowage.emulator.time.EmulatorClock;
import dev.stowage.storage.StoreName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The way down to a record: apps, the installs of an app, the stores of an install, the keys of a store. */
public final class DataPages {

    private static final int PAGE_SIZE = 50;
    private static final int PREVIEW = 120;
    private static final int LONGEST_NAME = 200;

    private final Emulator emulator;
    private final Pages pages;

    public DataPages(Emulator emulator, Pages pages) {
        this.emulator = emulator;
        this.pages = pages;
    }

    /** One line of a table that leads to a page. */
    public record AppRow(String url, String appId, long active, long ended) {}

    /** The apps, page by page. */
    public record Apps(List<AppRow> rows, long total, String search, Optional<String> nextUrl, String server) {}

    /** The first page: all apps. */
    public ConsoleResponse apps(Parameters query) {
        String search = query.text("search");
        String after = query.text("after");
        List<App> found = emulator.apps().stream()
                .filter(app -> app.appId().contains(search))
                .toList();
        List<App> rest =
                found.stream().filter(app -> app.appId().compareTo(after) > 0).toList();
        List<App> shown = rest.stream().limit(PAGE_SIZE).toList();
        Optional<String> next = rest.size() > PAGE_SIZE
                ? Optional.of(Links.to(
                        "", "search", search, "after", shown.get(PAGE_SIZE - 1).appId()))
                : Optional.empty();
        return pages.page(
                "apps",
                pages.frame("Apps", Frame.Section.DATA, Optional.empty(), List.of()),
                new Apps(
                        shown.stream().map(DataPages::row).toList(),
                        found.size(),
                        search,
                        next,
                        emulator.url().toString()));
    }

    private static AppRow row(App app) {
        List<Install> installs = app.installs();
        long active = installs.stream().filter(Install::isActive).count();
        return new AppRow(
                Links.to("app", "app", app.appId()),
                VisibleText.shortened(app.appId(), LONGEST_NAME),
                active,
                installs.size() - active);
    }

    /** An install in the list of its app. */
    public record InstallRow(String url, long installId, String account, String state, boolean isActive, long late) {}

    /**
     * An app.
     *
     * @param transferUrl the address of its export and import; empty if the name of the app does not fit into one
     */
    public record AppModel(
            String appId,
            String name,
            String appKey,
            String self,
            List<InstallRow> installs,
            long total,
            Optional<String> olderUrl,
            StoreRow shared,
            String requests,
            String transferUrl) {}

    /** An app, with its installs from the newest on. */
    public ConsoleResponse app(Parameters query) {
        App app = StoreScope.appOf(emulator, query.required("app"));
        List<Install> all = app.installs();
        long before = query.number("before").orElse(Long.MAX_VALUE);
        List<Install> older = all.stream()
                .filter(install -> install.installId() < before)
                .sorted((one, other) -> Long.compare(other.installId(), one.installId()))
                .toList();
        List<Install> shown = older.stream().limit(PAGE_SIZE).toList();
        Optional<String> olderUrl = older.size() > PAGE_SIZE
                ? Optional.of(Links.to(
                        "app",
                        "app",
                        app.appId(),
                        "before",
                        Long.toString(shown.get(PAGE_SIZE - 1).installId())))
                : Optional.empty();
        StoreScope scope = new StoreScope(app, Optional.empty());
        return pages.page(
                "app",
                pages.frame(
                        "App " + app.appId(),
                        Frame.Section.DATA,
                        Optional.of(app),
                        List.of(new Frame.Crumb("Apps", Links.HOME))),
                new AppModel(
                        app.appId(),
                        VisibleText.shortened(app.appId(), LONGEST_NAME),
                        app.appKey(),
                        Links.to("app", "app", app.appId()),
                        shown.stream().map(DataPages::row).toList(),
                        all.size(),
                        olderUrl,
                        storeRow(scope, app.browse(), StoreName.SHARED_KV_STORE),
                        Links.to("requests", "app", app.appId()),
                        Links.fitsInPath(app.appId()) ? "/_emulator/apps/" + Links.encode(app.appId()) : ""));
    }

    private static InstallRow row(Install install) {
        return new InstallRow(
                Links.to("install", "install", Long.toString(install.installId())),
                install.installId(),
                VisibleText.shortened(install.trackerId(), LONGEST_NAME),
                install.state().wireName(),
                install.isActive(),
                install.rejectedOperations());
    }

    /** A store in the list of its install. */
    public record StoreRow(String url, String store, long records) {}

    private static StoreRow storeRow(StoreScope scope, RecordBrowser browser, StoreName store) {
        return new StoreRow(scope.url("store", "store", store.wireName()), store.wireName(), browser.count(store));
    }

    /** An event in the life of an install. */
    public record EventRow(String event, String at) {}

    /** An install. */
    public record InstallModel(
            InstallRow install,
            String apiKey,
            String self,
            List<StoreRow> stores,
            List<EventRow> events,
            Optional<InstallRow> successor,
            String requests,
            String transferUrl) {}

    /** An install, with its stores and its life. */
    public ConsoleResponse install(Parameters query) {
        StoreScope scope = StoreScope.of(emulator, query);
        Install install = scope.install().orElseThrow(() -> Parameters.refused("The field install is empty."));
        Install current = install.current();
        return pages.page(
                "install",
                pages.frame(
                        "Install " + install.installId(),
                        Frame.Section.DATA,
                        Optional.of(scope.app()),
                        new StoreScope(scope.app(), Optional.empty()).crumbs()),
                new InstallModel(
                        row(install),
                        install.apiKey(),
                        scope.url("install"),
                        install.isActive() ? stores(scope) : List.of(),
                        install.history().stream()
                                .map(event -> new EventRow(event.kind().wireName(), Pages.time(event.at())))
                                .toList(),
                        Optional.of(current)
                                .filter(latest -> latest.installId() != install.installId())
                                .map(DataPages::row),
                        Links.to("requests", "app", install.appId(), "install", Long.toString(install.installId())),
                        "/_emulator/installs/" + install.installId()));
    }

    private static List<StoreRow> stores(StoreScope scope) {
        RecordBrowser browser = scope.browse();
        return browser.stores().stream()
                .map(store -> storeRow(scope, browser, store))
                .toList();
    }

    /** A record in the list of its store. */
    public record RecordRow(String url, String key, String preview, long version, Remaining ttl, String bytes) {}

    /** A store, page by page. */
    public record StoreModel(
            StoreScope scope,
            String store,
            String prefix,
            List<RecordRow> rows,
            long total,
            Optional<String> firstUrl,
            Optional<String> nextUrl,
            String requests) {}

    /** The keys of a store with a prefix, page by page. */
    public ConsoleResponse store(Parameters query) {
        StoreScope scope = StoreScope.of(emulator, query);
        StoreName store = query.requiredStore();
        String prefix = query.text("prefix");
        String after = query.text("after");
        RecordPage page = scope.browse().page(store, prefix, after, PAGE_SIZE);
        boolean clockRuns = scope.app().clock().mode() == EmulatorClock.Mode.SYSTEM;
        List<RecordRow> rows = page.records().stream()
                .map(record -> row(scope, store, record, clockRuns))
                .toList();
        String name = store.wireName();
        Optional<String> next = page.hasMore()
                ? Optional.of(scope.url(
                        "store",
                        "store",
                        name,
                        "prefix",
                        prefix,
                        "after",
                        page.records().get(PAGE_SIZE - 1).key()))
                : Optional.empty();
        Optional<String> first =
                after.isEmpty() ? Optional.empty() : Optional.of(scope.url("store", "store", name, "prefix", prefix));
        return pages.page(
                "store",
                pages.frame(name, Frame.Section.DATA, Optional.of(scope.app()), scope.crumbs()),
                new StoreModel(
                        scope,
                        name,
                        prefix,
                        rows,
                        page.total(),
                        first,
                        next,
                        RecordPages.requestsOf(scope, store, "")));
    }

    private static RecordRow row(StoreScope scope, StoreName store, BrowsedRecord record, boolean clockRuns) {
        return new RecordRow(
                scope.url("record", "store", store.wireName(), "key", record.key()),
                VisibleText.shortened(record.key(), LONGEST_NAME),
                store == StoreName.SECRETS
                        ? "••••••"
                        : VisibleText.shortened(VisibleText.ofJson(record.json()), PREVIEW),
                record.version(),
                Remaining.of(record, clockRuns),
                bytes(record.bytes()));
    }

    /** A size for a person. */
    static String bytes(long bytes) {
        return bytes < 10_000 ? bytes + " B" : String.format(Locale.ROOT, "%.1f KB", bytes / 1_000.0);
    }
}
