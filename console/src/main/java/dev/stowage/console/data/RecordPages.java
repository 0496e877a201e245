package dev.stowage.console.data;

import dev.stowage.console.page.Frame;
import dev.stowage.console.page.Links;
import dev.stowage.console.page.Pages;
import dev.stowage.console.page.Parameters;
import dev.stowage.console.page.Problem;
import dev.stowage.console.page.RecordText;
import dev.stowage.console.page.StoreScope;
import dev.stowage.console.page.VisibleText;
import dev.stowage.console.requests.Lanes;
import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.browse.BrowsedRecord;
import dev.stowage.emulator.browse.RecordBrowser;
import dev.stowage.emulator.console.ConsoleResponse;
import dev.stowage.emulator.time.EmulatorClock;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.StoreName;
import dev.stowage.storage.Ttl;
import dev.stowage.storage.operation.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** One record: what is in it, what was in it before, and a form to change it. */
public final class RecordPages {

    private final Emulator emulator;
    private final Pages pages;
    private final Writer writer = new Writer();

    public RecordPages(Emulator emulator, Pages pages) {
        this.emulator = emulator;
        this.pages = pages;
    }

    /** A version of a record. */
    public record Version(long version, ValueView value) {}

    /**
     * What the form contains.
     *
     * @param version the version that the person has seen; 0 for no record
     * @param onlyIfUnchanged whether the record must still have that version
     * @param problem why it was refused, if it was
     */
    public record Form(
            String text, String ttl, boolean hasTtl, long version, boolean onlyIfUnchanged, Optional<Problem> problem) {

        /** What the check mark says. */
        public String condition(long current) {
            String seen =
                    version == 0 ? "only if there is still no such record" : "only if it is still version " + version;
            String now = current == 0 ? "there is none now" : "it is version " + current + " now";
            return version == current ? seen : seen + " (" + now + "; reload the page to see it)";
        }
    }

    /**
     * A record.
     *
     * @param isHidden whether it is a secret that was not asked for
     * @param self the address of this page, and of its form
     * @param percent its size in hundredths of the limit
     */
    public record Model(
            String store,
            String key,
            boolean isHidden,
            String self,
            String revealUrl,
            Optional<Version> current,
            Remaining ttl,
            String expiresAt,
            String bytes,
            String limit,
            long percent,
            Optional<Version> previous,
            Form form,
            Lanes lanes,
            String requests,
            String jsonUrl) {

        /** 0 if there is no record. */
        public long currentVersion() {
            return current.map(Version::version).orElse(0L);
        }
    }

    /** The page of a record, which need not exist: a person can put one. */
    public ConsoleResponse record(Parameters query) {
        Target target = Target.of(emulator, query);
        return show(target, query.has("reveal"), Optional.empty());
    }

    /** Whose record a page is about. */
    private record Target(StoreScope scope, StoreName store, String key) {

        static Target of(Emulator emulator, Parameters parameters) {
            return new Target(
                    StoreScope.of(emulator, parameters), parameters.requiredStore(), parameters.required("key"));
        }

        String url(String path, String... more) {
            List<String> query = new ArrayList<>(List.of("store", store.wireName(), "key", key));
            query.addAll(List.of(more));
            return scope.url(path, query.toArray(String[]::new));
        }
    }

    private ConsoleResponse show(Target target, boolean reveals, Optional<Form> refused) {
        StoreScope scope = target.scope();
        StoreName store = target.store();
        RecordBrowser browser = scope.browse();
        Optional<BrowsedRecord> record = browser.record(store, target.key());
        boolean isHidden = store == StoreName.SECRETS && !reveals;
        boolean clockRuns = scope.app().clock().mode() == EmulatorClock.Mode.SYSTEM;
        List<Frame.Crumb> crumbs = new ArrayList<>(scope.crumbs());
        crumbs.add(new Frame.Crumb(store.wireName(), scope.url("store", "store", store.wireName())));
        Model model = new Model(
                store.wireName(),
                VisibleText.of(target.key()),
                isHidden,
                target.url("record", "reveal", reveals ? "1" : ""),
                target.url("record", "reveal", "1"),
                record.map(found -> version(found, isHidden)),
                record.map(found -> Remaining.of(found, clockRuns)).orElse(new Remaining("", "")),
                record.flatMap(BrowsedRecord::expiresAt).map(Pages::time).orElse(""),
                DataPages.bytes(record.map(BrowsedRecord::bytes).orElse(0)),
                DataPages.bytes(browser.maxRecordBytes()),
                record.map(BrowsedRecord::bytes).orElse(0) * 100L / browser.maxRecordBytes(),
                isHidden
                        ? Optional.empty()
                        : browser.previous(store, target.key()).map(found -> version(found, false)),
                refused.orElseGet(() -> form(store, record, isHidden)),
                Lanes.ofRecord(scope.app(), scope.install(), store, target.key(), OptionalLong.empty()),
                requestsOf(scope, store, target.key()),
                target.url("record/json"));
        return pages.page(
                refused.isPresent() ? 409 : 200,
                "record",
                pages.frame(target.key(), Frame.Section.DATA, Optional.of(scope.app()), crumbs),
                model);
    }

    private static Version version(BrowsedRecord record, boolean isHidden) {
        return new Version(record.version(), isHidden ? ValueView.NOTHING : ValueViews.of(record.value()));
    }

    private static Form form(StoreName store, Optional<BrowsedRecord> record, boolean isHidden) {
        return new Form(
                record.filter(found -> !isHidden)
                        .map(found -> RecordText.of(found.value()))
                        .orElse("{}"),
                "",
                store.isKeyValue(),
                record.map(BrowsedRecord::version).orElse(0L),
                true,
                Optional.empty());
    }

    static String requestsOf(StoreScope scope, StoreName store, String key) {
        String install = store == StoreName.SHARED_KV_STORE
                ? ""
                : scope.install().map(found -> Long.toString(found.installId())).orElse("");
        return Links.to(
                "requests", "app", scope.app().appId(), "install", install, "store", store.wireName(), "key", key);
    }

    /** The whole record, as the wire protocol writes it. Secrets have no such page: each is shown in its own page only. */
    public ConsoleResponse json(Parameters query) {
        Target target = Target.of(emulator, query);
        if (target.store() == StoreName.SECRETS) {
            throw Parameters.refused("A secret is shown on its page only.");
        }
        String json = target.scope()
                .browse()
                .record(target.store(), target.key())
                .map(BrowsedRecord::json)
                .orElse("{}");
        return new ConsoleResponse(200, "application/json", json, Map.of());
    }

    /** The form of a record: put, patch or delete. A refusal is shown in the form, with what was entered. */
    public ConsoleResponse write(Parameters form) {
        Target target = Target.of(emulator, form);
        try {
            writer.write(target.scope().transport(), target.store(), operation(target, form));
        } catch (StorageException refusal) {
            return show(target, form.has("reveal"), Optional.of(refused(target.store(), form, refusal)));
        }
        return ConsoleResponse.seeOther(target.url("record", "reveal", form.text("reveal")));
    }

    /** What was entered, for the version that the person has seen: pressing the button again must not replace a newer one. */
    private static Form refused(StoreName store, Parameters form, StorageException refusal) {
        return new Form(
                form.text("value"),
                form.text("ttl"),
                store.isKeyValue(),
                form.number("version").orElse(0),
                form.has("onlyIfUnchanged"),
                Optional.of(Problem.of(refusal, "")));
    }

    private static Operation operation(Target target, Parameters form) {
        OptionalLong ifVersion =
                form.has("onlyIfUnchanged") ? OptionalLong.of(form.requiredNumber("version")) : OptionalLong.empty();
        return switch (form.required("operation")) {
            case "put" ->
                new Operation.Put(target.key(), RecordText.read(form.text("value")), ttl(form, Ttl.none()), ifVersion);
            case "patch" ->
                new Operation.Patch(
                        target.key(), RecordText.read(form.text("value")), ttl(form, Ttl.keep()), ifVersion);
            case "delete" -> new Operation.Delete(target.key(), null, ifVersion);
            default -> throw Parameters.refused("The operation must be put, patch or delete.");
        };
    }

    private static Ttl ttl(Parameters form, Ttl otherwise) {
        OptionalLong seconds = form.number("ttl");
        if (seconds.orElse(1) < 1 || seconds.orElse(1) > Ttl.MAX_SECONDS) {
            throw Parameters.refused("A record can expire in 1 to " + Ttl.MAX_SECONDS + " seconds.");
        }
        return seconds.isPresent() ? Ttl.of(Duration.ofSeconds(seconds.getAsLong())) : otherwise;
    }
}
