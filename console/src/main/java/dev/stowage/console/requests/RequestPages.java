package dev.stowage.console.requests;

import dev.stowage.console.page.FaultForm;
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
import dev.stowage.emulator.call.CallMatch;
import dev.stowage.emulator.call.CallSummary;
import dev.stowage.emulator.console.ConsoleResponse;
import dev.stowage.emulator.journal.JournalEntry;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.StoreName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The list of requests, which refreshes itself, and the page of one request. */
public final class RequestPages {

    private static final int PAGE_SIZE = 100;
    /** How far the list looks back from the last request. */
    private static final int MAX_SCANNED = 20_000;

    private static final int MAX_ADVISED = 200;
    private static final int SHOWN_ADVICE = 3;

    private final Emulator emulator;
    private final Pages pages;

    public RequestPages(Emulator emulator, Pages pages) {
        this.emulator = emulator;
        this.pages = pages;
    }

    /**
     * The newest requests.
     *
     * @param advice what the advisor has said last
     * @param stamp changes whenever the rows or the advice change
     * @param url the address from which the page loads them again; empty if it does not
     */
    public record Rows(
            List<RequestRow> rows,
            List<String> advice,
            String adviceUrl,
            String stamp,
            String url,
            boolean isFiltered) {

        /** Whether the page loads them again by itself. */
        public boolean isLive() {
            return !url.isEmpty();
        }
    }

    /**
     * The list.
     *
     * @param toggleUrl the address of the paused list, or of the live one
     */
    public record Model(
            RequestFilter filter, Rows rows, String toggleUrl, Optional<String> olderUrl, List<String> outcomes) {}

    private static final List<String> OUTCOMES = outcomes();

    private static List<String> outcomes() {
        List<String> outcomes = new ArrayList<>(List.of("ok", "refused", "fault", RequestFilter.LOST));
        for (ErrorCode code : ErrorCode.values()) {
            outcomes.add(code.wireName());
        }
        return List.copyOf(outcomes);
    }

    /** The list of requests. */
    public ConsoleResponse list(Parameters query) {
        RequestFilter filter = RequestFilter.of(query);
        Rows rows = read(query);
        Optional<App> app = query.optional("app").flatMap(emulator::findApp);
        Optional<String> older = rows.rows().size() < PAGE_SIZE
                ? Optional.empty()
                : Optional.of(filter.url(
                        "requests",
                        "before",
                        Long.toString(rows.rows().get(PAGE_SIZE - 1).sequence())));
        return pages.page(
                "requests",
                pages.frame("Requests", Frame.Section.REQUESTS, app, List.of()),
                new Model(filter, rows, filter.url("requests", "paused", rows.isLive() ? "1" : ""), older, OUTCOMES));
    }

    /** The rows of the list, if they have changed. */
    public ConsoleResponse rows(Parameters query) {
        Rows rows = read(query);
        return rows.stamp().equals(query.text("stamp")) ? ConsoleResponse.noContent() : pages.part("requestRows", rows);
    }

    private Rows read(Parameters query) {
        RequestFilter filter = RequestFilter.of(query);
        long before = query.number("before").orElse(Long.MAX_VALUE);
        long from = Math.max(0, Math.min(emulator.journal().last(), before) - MAX_SCANNED);
        List<JournalEntry> matching =
                emulator.journal().after(from, filter.match(query)).entries();
        Map<Long, String> lost = LostWrites.in(matching);
        List<JournalEntry> newestFirst = new ArrayList<>(matching);
        Collections.reverse(newestFirst);
        List<RequestRow> rows = newestFirst.stream()
                .filter(entry -> entry.sequence() < before && filter.accepts(entry, lost.containsKey(entry.sequence())))
                .limit(PAGE_SIZE)
                .map(entry -> RequestRow.of(entry, Optional.ofNullable(lost.get(entry.sequence()))))
                .toList();
        List<String> advice = advice(query);
        String stamp = Integer.toHexString(31 * rows.hashCode() + advice.hashCode());
        boolean isLive = query.number("before").isEmpty() && !query.has("paused");
        return new Rows(
                rows,
                advice,
                Links.to("advice", "app", filter.app()),
                stamp,
                isLive ? filter.url("requests/rows", "stamp", stamp) : "",
                !filter.equals(filter.ofApp()));
    }

    private List<String> advice(Parameters query) {
        List<App> apps = query.optional("app")
                .map(appId -> emulator.findApp(appId).stream().toList())
                .orElseGet(emulator::apps);
        List<String> all = apps.stream()
                .limit(MAX_ADVISED)
                .flatMap(app -> pages.advice(app).stream())
                .map(advice -> VisibleText.of(advice.practice().id() + ": '" + advice.key() + "' in " + advice.store()
                        + ": " + advice.observation()))
                .toList();
        return all.subList(Math.max(0, all.size() - SHOWN_ADVICE), all.size());
    }

    /**
     * One request.
     *
     * @param recordUrl the page of its record; empty if its install has ended
     */
    public record Entry(
            RequestRow row,
            String store,
            Optional<String> recordUrl,
            Optional<String> olderUrl,
            Optional<String> newerUrl,
            Lanes lanes,
            CallText call,
            FaultForm faultForm,
            String self) {}

    /** The page of one request. */
    public ConsoleResponse entry(Parameters query) {
        long sequence = query.requiredNumber("sequence");
        JournalEntry entry = find(sequence)
                .orElseThrow(
                        () -> new StorageException(
                                ErrorCode.NOT_FOUND,
                                "The journal has no request " + sequence
                                        + ". It keeps the last ones only (--journal-size), and none of an app that was reset."));
        CallSummary call = entry.call();
        App app = StoreScope.appOf(emulator, call.appId());
        Optional<Install> install = call.installId().isPresent()
                ? Optional.of(emulator.install(call.installId().getAsLong()))
                : Optional.empty();
        StoreScope scope = new StoreScope(app, install);
        boolean isReadable = install.map(Install::isActive).orElse(true);
        Lanes lanes = Lanes.ofRecord(app, install, call.store(), call.key(), OptionalLong.of(sequence));
        Optional<String> warning = lanes.steps().stream()
                .filter(Lanes.Step::isChosen)
                .findFirst()
                .flatMap(step -> step.row().warning());
        String store = call.store().wireName();
        return pages.page(
                "request",
                pages.frame(
                        "Request " + sequence,
                        Frame.Section.REQUESTS,
                        Optional.of(app),
                        List.of(new Frame.Crumb("Requests", Links.to("requests", "app", call.appId())))),
                new Entry(
                        RequestRow.of(entry, warning),
                        store,
                        isReadable && !call.key().isEmpty()
                                ? Optional.of(scope.url("record", "store", store, "key", call.key()))
                                : Optional.empty(),
                        neighbour(lanes, sequence, -1),
                        neighbour(lanes, sequence, 1),
                        lanes,
                        CallText.of(entry, emulator.url(), isReadable ? written(scope, entry) : Optional.empty()),
                        FaultForm.at(call),
                        Links.to("request", "sequence", Long.toString(sequence))));
    }

    private Optional<JournalEntry> find(long sequence) {
        return sequence == 0
                ? Optional.empty()
                : emulator.journal().after(sequence - 1, CallMatch.any()).entries().stream()
                        .filter(entry -> entry.sequence() == sequence)
                        .findFirst();
    }

    private static Optional<String> neighbour(Lanes lanes, long sequence, int step) {
        for (int i = 0; i < lanes.steps().size(); i++) {
            int other = i + step;
            if (lanes.steps().get(i).row().sequence() == sequence
                    && other >= 0
                    && other < lanes.steps().size()) {
                return Optional.of(lanes.steps().get(other).row().url());
            }
        }
        return Optional.empty();
    }

    /** The record, if it is still the one that the request wrote, and no secret. */
    private static Optional<Hash> written(StoreScope scope, JournalEntry entry) {
        return entry.refusal().isPresent()
                        || entry.call().store() == StoreName.SECRETS
                        || !entry.call().operation().equals("put")
                ? Optional.empty()
                : scope.browse()
                        .record(entry.call().store(), entry.call().key())
                        .filter(record -> record.version() == entry.versionAfter())
                        .map(BrowsedRecord::value);
    }
}
