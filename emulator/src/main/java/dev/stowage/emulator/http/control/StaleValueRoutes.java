package dev.stowage.emulator.http.control;

import dev.stowage.emulator.http.exchange.Route;
import dev.stowage.emulator.http.exchange.TestSessions;
import dev.stowage.emulator.stale.RequestTexts;
import dev.stowage.emulator.stale.StaleValue;
import dev.stowage.emulator.stale.StaleValues;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Watches an app for values of an install that has ended: writes to its stores, and the requests to other services that the test
 * passes on.
 */
public final class StaleValueRoutes {

    private static final String PATH = "/stale-values";

    private final TestSessions sessions;

    public StaleValueRoutes(TestSessions sessions) {
        this.sessions = sessions;
    }

    public List<Route> routes() {
        return List.of(
                ControlRoute.put(PATH).query("appId").body("knownValues").handledBy(this::watch),
                ControlRoute.get(PATH).query("appId").handledBy(this::get),
                ControlRoute.delete(PATH).query("appId").handledBy(this::unwatch),
                ControlRoute.post(PATH + "/requests")
                        .query("appId")
                        .body("method", "url", "headers", "body")
                        .handledBy(this::request),
                ControlRoute.post(PATH + "/responses")
                        .query("appId")
                        .body("headers", "body")
                        .handledBy(this::response));
    }

    private void watch(ControlRequest request) throws IOException {
        List<String> known = request.body().has("knownValues") ? request.body().texts("knownValues") : List.of();
        request.respond(
                write(sessions.staleWatches().watch(sessions.apps().apply(request.requiredParameter("appId")), known)));
    }

    private StaleValues values(ControlRequest request) {
        return sessions.staleWatches().of(request.requiredParameter("appId"));
    }

    private void get(ControlRequest request) throws IOException {
        request.respond(write(values(request)));
    }

    private void unwatch(ControlRequest request) {
        values(request);
        sessions.staleWatches().close(request.requiredParameter("appId"));
        request.respondNoContent();
    }

    private void request(ControlRequest request) throws IOException {
        StaleValues values = values(request);
        ControlBody body = request.body();
        String url = body.requiredText("url");
        values.requested(
                body.text("method").orElse("GET") + " " + url.replaceFirst("\\?.*", ""),
                RequestTexts.of(
                        url, body.textsByName("headers"), body.text("body").orElse("")));
        request.respond(write(values));
    }

    private void response(ControlRequest request) throws IOException {
        StaleValues values = values(request);
        values.responded(request.body().textsByName("headers") + "\n"
                + request.body().text("body").orElse(""));
        request.respond(write(values));
    }

    private static Map<String, Object> write(StaleValues values) {
        return Map.of(
                "findings",
                values.findings().stream().map(StaleValueRoutes::write).toList());
    }

    private static Map<String, Object> write(StaleValue finding) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("value", finding.masked());
        json.put("store", finding.valueLocation().store().wireName());
        json.put("key", finding.valueLocation().key());
        json.put("field", finding.valueLocation().field());
        json.put("oldInstallId", finding.valueLocation().installId());
        json.put("installId", finding.installId());
        json.put("use", finding.use());
        json.put("message", finding.toString());
        return json;
    }
}
