package dev.stowage.emulator.http.control;

import dev.stowage.emulator.app.AppUnderTest;
import dev.stowage.emulator.http.data.OperationArguments;
import dev.stowage.emulator.http.exchange.ClientConnection;
import dev.stowage.emulator.http.exchange.Route;
import dev.stowage.emulator.http.exchange.TestSessions;
import dev.stowage.emulator.interleaving.ActorDeadlockException;
import dev.stowage.emulator.interleaving.ExplorationSession;
import dev.stowage.emulator.interleaving.OrderRun;
import dev.stowage.emulator.interleaving.Orders;
import dev.stowage.emulator.interleaving.ReplayToken;
import dev.stowage.emulator.interleaving.ScheduledStep;
import dev.stowage.emulator.service.InstallService;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Runs clients in every order of their operations that can make a difference. */
public final class ExplorationRoutes {

    private static final String PATH = "/explorations";
    private static final String EXPLORATION = PATH + "/{explorationId}";
    private static final long DEFAULT_MAX_ORDERS = 1_000;
    private static final long MAX_ORDERS = 1_000_000;
    private static final long DEFAULT_DEADLINE_MILLIS = 5_000;
    private static final long MAX_DEADLINE_MILLIS = 600_000;

    private final TestSessions sessions;
    private final RenewedApps renewedApps;

    public ExplorationRoutes(TestSessions sessions, InstallService installService) {
        this.sessions = sessions;
        this.renewedApps = new RenewedApps(installService);
    }

    public List<Route> routes() {
        return List.of(
                ControlRoute.post(PATH)
                        .body("appId", "actors", "test", "maxOrders", "deadlineMs", "replay")
                        .handledBy(this::begin),
                ControlRoute.get(EXPLORATION).handledBy(this::get),
                ControlRoute.delete(EXPLORATION).handledBy(this::close),
                ControlRoute.post(EXPLORATION + "/orders").handledBy(this::next),
                ControlRoute.get(EXPLORATION + "/result").handledBy(this::result),
                ControlRoute.post(EXPLORATION + "/actors/{actor}/end").handledBy(this::end));
    }

    private void begin(ControlRequest request) throws IOException {
        ControlBody body = request.body();
        List<String> actors = actors(body);
        Orders orders = orders(body);
        long deadline = body.wholeNumber("deadlineMs", 1, MAX_DEADLINE_MILLIS).orElse(DEFAULT_DEADLINE_MILLIS);
        AppUnderTest app = sessions.apps().apply(body.requiredText("appId"));
        request.respond(write(sessions.explorations()
                .begin(
                        app.appId(),
                        id -> new ExplorationSession(id, app, actors, orders, Duration.ofMillis(deadline)))));
    }

    private static List<String> actors(ControlBody body) {
        List<String> actors = body.texts("actors");
        if (actors.size() < 2
                || actors.size() > ReplayToken.MAX_ACTORS
                || actors.stream().distinct().count() < actors.size()
                || !actors.stream().allMatch(ClientConnection::isActorName)) {
            throw OperationArguments.refused("The member actors must be a list of 2 to " + ReplayToken.MAX_ACTORS
                    + " different names of at most "
                    + ClientConnection.LONGEST_ACTOR
                    + " printable ASCII characters. Each actor sends its name in the header Stowage-Actor.");
        }
        return actors;
    }

    private static Orders orders(ControlBody body) {
        String test = body.text("test").orElse("");
        long maxOrders = body.wholeNumber("maxOrders", 1, MAX_ORDERS).orElse(DEFAULT_MAX_ORDERS);
        Optional<String> replay = body.text("replay");
        try {
            return replay.map(token -> Orders.replay(test, token))
                    .orElseGet(() -> Orders.explore(test, (int) maxOrders));
        } catch (IllegalArgumentException wrong) {
            throw OperationArguments.refused(String.valueOf(wrong.getMessage()));
        }
    }

    private ExplorationSession find(ControlRequest request) {
        return sessions.explorations().get(request.pathNumber("explorationId"));
    }

    private void get(ControlRequest request) throws IOException {
        request.respond(write(find(request)));
    }

    private void close(ControlRequest request) {
        sessions.explorations().close(find(request).appId());
        request.respondNoContent();
    }

    private void next(ControlRequest request) throws IOException {
        ExplorationSession session = find(request);
        session.checkOver();
        Map<String, Object> install = new LinkedHashMap<>();
        sessions.explorations().keepWhile(session, () -> install.putAll(renewedApps.renew(session.appId())));
        boolean hasBegun = session.begin();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("done", !hasBegun);
        json.put("order", session.orders().begun());
        if (hasBegun) {
            json.put("install", install);
        } else {
            json.put("exhaustive", session.orders().isExhausted());
            json.put("summary", session.orders().summary());
        }
        request.respond(json);
    }

    /** Responds when the current order is over. */
    private void result(ControlRequest request) throws IOException {
        respondWhenOver(request, find(request));
    }

    /** Responds with the result if the order is over with the actor: a client need not ask for it. */
    private void end(ControlRequest request) throws IOException {
        ExplorationSession session = find(request);
        if (session.end(request.pathText("actor"))) {
            respondWhenOver(request, session);
        } else {
            request.respondNoContent();
        }
    }

    private static void respondWhenOver(ControlRequest request, ExplorationSession session) throws IOException {
        OrderRun order = session.requireRun();
        CompletableFuture<Map<String, Object>> result =
                session.whenOver().handle((over, problem) -> write(session, order, problem));
        if (result.isDone()) {
            request.respond(result.join());
        } else {
            request.respondWhen(result);
        }
    }

    private static Map<String, Object> write(ExplorationSession session, OrderRun order, @Nullable Throwable problem) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("order", session.orders().begun());
        json.put(
                "steps",
                order.steps().stream().map(step -> write(session, step)).toList());
        json.put("columns", order.columns());
        json.put("token", session.orders().token(order.steps()));
        json.put("progress", session.orders().progress());
        if (problem != null) {
            json.put("problem", write(problem));
        }
        return json;
    }

    private static Map<String, Object> write(ExplorationSession session) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("explorationId", session.sessionId());
        json.put("appId", session.appId());
        json.put("actors", session.actors());
        json.put("orders", session.orders().begun());
        json.put("done", session.isDone());
        json.put("states", states(session));
        return json;
    }

    private static List<String> states(ExplorationSession session) {
        return session.orders().begun() == 0 ? List.of() : session.requireRun().states();
    }

    private static Map<String, Object> write(ExplorationSession session, ScheduledStep step) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("actor", session.actors().get(step.actor()));
        json.put("store", step.access().store().wireName());
        json.put("operation", step.access().operation());
        json.put("key", step.access().key());
        json.put("outcome", step.outcome());
        return json;
    }

    private static Map<String, Object> write(Throwable problem) {
        @Nullable Throwable cause = problem instanceof CompletionException ? problem.getCause() : problem;
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", cause instanceof ActorDeadlockException ? "deadlock" : "divergence");
        json.put("message", cause == null ? problem.toString() : String.valueOf(cause.getMessage()));
        return json;
    }
}
