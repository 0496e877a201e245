package dev.stowage.emulator.http.control;

import dev.stowage.emulator.fault.Fault;
import dev.stowage.emulator.fault.FaultRules;
import dev.stowage.emulator.fault.Faults;
import dev.stowage.emulator.http.exchange.Route;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Arms, lists and disarms faults. */
public final class FaultRoutes {

    private static final String PATH = "/faults";

    private final FaultRules rules;

    public FaultRoutes(FaultRules rules) {
        this.rules = rules;
    }

    public List<Route> routes() {
        return List.of(
                ControlRoute.post(PATH)
                        .query("appId")
                        .body("match", "skip", "times", "fault")
                        .handledBy(this::arm),
                ControlRoute.get(PATH).query("appId").handledBy(this::list),
                ControlRoute.post(PATH + "/chaos")
                        .query("appId")
                        .body("seed", "rate", "faults")
                        .handledBy(this::chaos),
                ControlRoute.delete(PATH).query("appId").handledBy(this::disarmAll),
                ControlRoute.delete(PATH + "/{faultId}").query("appId").handledBy(this::disarm));
    }

    private Faults faults(ControlRequest request) {
        return rules.scopedTo(request.parameter("appId"));
    }

    private void arm(ControlRequest request) throws IOException {
        request.respond(FaultJson.write(faults(request).arm(FaultJson.readRule(request.body()))));
    }

    private void chaos(ControlRequest request) throws IOException {
        ControlBody body = request.body();
        long seed =
                body.wholeNumber("seed", Long.MIN_VALUE, Long.MAX_VALUE).orElseGet(new SplittableRandom()::nextLong);
        List<Fault> faults = body.objects("faults", "kind", "ms", "write").stream()
                .map(FaultJson::readFault)
                .toList();
        List<Map<String, Object>> armed = faults(request).chaos(seed, body.requiredNumber("rate"), faults).stream()
                .map(FaultJson::write)
                .toList();
        request.respond(Map.of("seed", seed, "faults", armed));
    }

    private void list(ControlRequest request) throws IOException {
        List<Map<String, Object>> all =
                faults(request).list().stream().map(FaultJson::write).toList();
        request.respond(Map.of("faults", all));
    }

    private void disarmAll(ControlRequest request) {
        faults(request).disarmAll();
        request.respondNoContent();
    }

    private void disarm(ControlRequest request) {
        faults(request).disarm(request.pathNumber("faultId"));
        request.respondNoContent();
    }
}
