package dev.stowage.emulator.http.control;

import dev.stowage.emulator.app.AppUnderTest;
import dev.stowage.emulator.fault.Fault.Kind;
import dev.stowage.emulator.http.data.OperationArguments;
import dev.stowage.emulator.http.exchange.Route;
import dev.stowage.emulator.http.exchange.TestSessions;
import dev.stowage.emulator.service.InstallService;
import dev.stowage.emulator.sweep.FaultKinds;
import dev.stowage.emulator.sweep.Sweep;
import dev.stowage.emulator.sweep.SweepRun;
import dev.stowage.emulator.sweep.SweepSession;
import dev.stowage.storage.ErrorCode;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Runs a test with each fault at each operation: plans the runs, injects the fault of each, and describes it. */
public final class SweepRoutes {

    private static final String PATH = "/sweeps";
    private static final String SWEEP = PATH + "/{sweepId}";
    private static final long DEFAULT_MAX_RUNS = 500;
    private static final long MAX_RUNS = 1_000_000;
    private static final long DEFAULT_DELAY_MILLIS = 50;
    private static final long MAX_DELAY_MILLIS = 600_000;

    private final TestSessions sessions;
    private final RenewedApps renewedApps;

    public SweepRoutes(TestSessions sessions, InstallService installService) {
        this.sessions = sessions;
        this.renewedApps = new RenewedApps(installService);
    }

    public List<Route> routes() {
        return List.of(
                ControlRoute.post(PATH)
                        .body("appId", "faults", "maxRuns", "delayMs", "only")
                        .handledBy(this::begin),
                ControlRoute.delete(SWEEP).handledBy(this::close),
                ControlRoute.post(SWEEP + "/runs").handledBy(this::next),
                ControlRoute.get(SWEEP + "/result").handledBy(this::result));
    }

    private void begin(ControlRequest request) throws IOException {
        ControlBody body = request.body();
        Sweep sweep = sweep(body);
        long delay = body.wholeNumber("delayMs", 0, MAX_DELAY_MILLIS).orElse(DEFAULT_DELAY_MILLIS);
        AppUnderTest app = sessions.apps().apply(body.requiredText("appId"));
        SweepSession session =
                sessions.sweeps().begin(app.appId(), id -> new SweepSession(id, app, sweep, Duration.ofMillis(delay)));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("sweepId", session.sessionId());
        json.put("appId", session.appId());
        json.put("faults", sweep.kinds().stream().sorted().map(Kind::wireName).toList());
        request.respond(json);
    }

    private static Sweep sweep(ControlBody body) {
        Set<Kind> kinds = body.has("faults")
                ? body.texts("faults").stream().map(SweepRoutes::kind).collect(Collectors.toSet())
                : Set.of();
        if (body.has("faults") && kinds.isEmpty()) {
            throw OperationArguments.refused("The member faults must name one or more kinds of fault.");
        }
        long maxRuns = body.wholeNumber("maxRuns", 1, MAX_RUNS).orElse(DEFAULT_MAX_RUNS);
        Optional<String> only = body.text("only");
        try {
            return new Sweep(kinds, (int) maxRuns, only.map(SweepRun.Selection::parse));
        } catch (IllegalArgumentException wrong) {
            throw OperationArguments.refused(String.valueOf(wrong.getMessage()));
        }
    }

    private static Kind kind(String name) {
        return Kind.of(name)
                .orElseThrow(() -> OperationArguments.refused("The fault kind '" + name + "' is unknown. Kinds: "
                        + String.join(
                                ", ",
                                List.of(Kind.values()).stream()
                                        .map(Kind::wireName)
                                        .toList())
                        + "."));
    }

    private SweepSession find(ControlRequest request) {
        return sessions.sweeps().get(request.pathNumber("sweepId"));
    }

    private void close(ControlRequest request) {
        sessions.sweeps().close(find(request).appId());
        request.respondNoContent();
    }

    private void next(ControlRequest request) throws IOException {
        SweepSession session = find(request);
        session.passed();
        Map<String, Object> install = new LinkedHashMap<>();
        sessions.sweeps().keepWhile(session, () -> install.putAll(renewedApps.renew(session.appId())));
        Optional<SweepRun> run = session.begin();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("done", session.isDone());
        if (!session.isDone()) {
            json.put("run", run.map(SweepRun::toString).orElse("without a fault"));
            run.ifPresent(with -> json.put("fault", with.kind().wireName()));
            json.put("install", install);
        }
        if (session.sweep().hasPlan()) {
            json.put("operations", session.sweep().withoutFault());
            session.sweep().leftOut().ifPresent(text -> json.put("leftOut", text));
        }
        request.respond(json);
    }

    private void result(ControlRequest request) throws IOException {
        SweepSession session = find(request);
        Map<String, Object> json = new LinkedHashMap<>();
        session.problem().ifPresent(problem -> json.put("problem", problem));
        session.finding().ifPresent(finding -> {
            json.put("run", finding.run().toString());
            json.put("only", finding.run().selection().toString());
            json.put("explanation", FaultKinds.explain(finding.run().kind()));
            json.put(
                    "errorCodes",
                    FaultKinds.codesOf(finding.run().kind()).stream()
                            .map(ErrorCode::wireName)
                            .toList());
            json.put("operations", finding.operations());
        });
        request.respond(json);
    }
}
