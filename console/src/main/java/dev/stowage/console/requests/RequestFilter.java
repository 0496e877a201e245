package dev.stowage.console.requests;

import dev.stowage.console.page.Links;
import dev.stowage.console.page.Parameters;
import dev.stowage.emulator.call.CallMatch;
import dev.stowage.emulator.journal.JournalEntry;
import java.util.Optional;

/**
 * Which requests a page shows. An empty text selects all.
 *
 * @param install the id of an install, in digits
 * @param outcome {@code ok}, {@code refused}, {@code fault}, {@value #LOST}, or the code of a refusal
 * @param client a part of the client's name
 */
public record RequestFilter(
        String app, String install, String store, String operation, String key, String outcome, String client) {

    /** The outcome of requests that have lost another client's write. */
    static final String LOST = "lost a write";

    static RequestFilter of(Parameters query) {
        return new RequestFilter(
                query.text("app"),
                query.text("install"),
                query.text("store"),
                query.text("operation"),
                query.text("key"),
                query.text("outcome"),
                query.text("client"));
    }

    /** The filter that selects all requests of the app. */
    public RequestFilter ofApp() {
        return new RequestFilter(app, "", "", "", "", "", "");
    }

    /** The part of the filter that the journal knows. */
    CallMatch match(Parameters query) {
        CallMatch match = CallMatch.any();
        if (!app.isEmpty()) {
            match = match.app(app);
        }
        if (query.number("install").isPresent()) {
            match = match.install(query.number("install").getAsLong());
        }
        if (query.store().isPresent()) {
            match = match.store(query.store().get());
        }
        if (!operation.isEmpty()) {
            match = match.operation(operation);
        }
        return key.isEmpty() ? match : match.key(key);
    }

    /**
     * The rest of the filter.
     *
     * @param hasLost whether the request has lost another client's write
     */
    boolean accepts(JournalEntry entry, boolean hasLost) {
        Optional<String> refusal = entry.refusal().map(code -> code.wireName());
        boolean hasOutcome = switch (outcome) {
            case "" -> true;
            case "ok" -> refusal.isEmpty();
            case "refused" -> refusal.isPresent();
            case LOST -> hasLost;
            case "fault" -> entry.fault().isPresent();
            default -> refusal.equals(Optional.of(outcome));
        };
        return hasOutcome && entry.call().client().contains(client);
    }

    /** Returns the address of a page with this filter. */
    public String url(String path, String name, String value) {
        return Links.to(
                path,
                "app",
                app,
                "install",
                install,
                "store",
                store,
                "operation",
                operation,
                "key",
                key,
                "outcome",
                outcome,
                "client",
                client,
                name,
                value);
    }
}
