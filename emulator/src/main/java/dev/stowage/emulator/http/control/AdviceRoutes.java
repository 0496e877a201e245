package dev.stowage.emulator.http.control;

import dev.stowage.emulator.advice.Advice;
import dev.stowage.emulator.advice.AdviceScope;
import dev.stowage.emulator.advice.Advisor;
import dev.stowage.emulator.http.data.OperationArguments;
import dev.stowage.emulator.http.exchange.Route;
import dev.stowage.emulator.http.exchange.TestSessions;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says which best practices an app breaks, with its operations as evidence. */
public final class AdviceRoutes {

    private static final String PATH = "/advice";

    private final TestSessions sessions;

    public AdviceRoutes(TestSessions sessions) {
        this.sessions = sessions;
    }

    public List<Route> routes() {
        return List.of(
                ControlRoute.put(PATH).query("appId").body("off").handledBy(this::begin),
                ControlRoute.get(PATH).query("appId").handledBy(this::get),
                ControlRoute.delete(PATH).query("appId").handledBy(this::end));
    }

    private void begin(ControlRequest request) throws IOException {
        AdviceScope scope = scope(request.body());
        String appId = request.requiredParameter("appId");
        request.respond(write(sessions.advisors().begin(sessions.apps().apply(appId), scope)));
    }

    private static AdviceScope scope(ControlBody body) {
        try {
            return body.has("off") ? AdviceScope.allBut(body.texts("off")) : AdviceScope.all();
        } catch (IllegalArgumentException unknown) {
            throw OperationArguments.refused(String.valueOf(unknown.getMessage()));
        }
    }

    private Advisor find(ControlRequest request) {
        return sessions.advisors().of(request.requiredParameter("appId"));
    }

    private void get(ControlRequest request) throws IOException {
        request.respond(write(find(request)));
    }

    private void end(ControlRequest request) {
        find(request);
        sessions.advisors().close(request.requiredParameter("appId"));
        request.respondNoContent();
    }

    private static Map<String, Object> write(Advisor advisor) {
        return Map.of(
                "advice", advisor.advice().stream().map(AdviceRoutes::write).toList());
    }

    private static Map<String, Object> write(Advice advice) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("practice", advice.practice().id());
        json.put("store", advice.store().wireName());
        json.put("key", advice.key());
        json.put("observation", advice.observation());
        json.put("advice", advice.practice().advice());
        json.put("evidence", advice.evidence());
        return json;
    }
}
