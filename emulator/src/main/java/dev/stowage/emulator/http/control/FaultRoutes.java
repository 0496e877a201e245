package dev.stowage.emulator.http.control;

import dev.stowage.emulator.fault.Fault;
import dev.stowage.emulator.fault.FaultRules;
import dev.stowage.emulator.fault.Faults;
import dev.stowage.emulator.http.data.OperationArguments;
import dev.stowage.emulator.http.exchange.Route;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Arms, lists and disarms faults. */
public final class FaultRoutes {

    private static final String PATH = InstallRoutes.PREFIX + "/faults";

    private final FaultRules rules;

    public FaultRoutes(FaultRules rules) {
        this.rules = rules;
    }

    public List<Route> routes() {
        return List.of(
                Route.post(PATH, this::arm),
                Route.get(PATH, this::list),
                Route.post(PATH + "/chaos", this::chaos),
                Route.delete(PATH, this::disarmAll),
                Route.delete(PATH + "/{faultId}", this::disarm));
    }

    private Faults faults(Context ctx) {
        return rules.scopedTo(Optional.ofNullable(ctx.queryParam("appId")));
    }

    private void arm(Context ctx) throws IOException {
        ControlBody body = ControlBody.read(ctx, "match", "skip", "times", "fault");
        ControlBody.respond(ctx, 200, FaultJson.write(faults(ctx).arm(FaultJson.readRule(body))));
    }

    private void chaos(Context ctx) throws IOException {
        ControlBody body = ControlBody.read(ctx, "seed", "rate", "faults");
        long seed =
                body.wholeNumber("seed", Long.MIN_VALUE, Long.MAX_VALUE).orElseGet(new SplittableRandom()::nextLong);
        List<Fault> faults = body.objects("faults", "kind", "ms", "write").stream()
                .map(FaultJson::readFault)
                .toList();
        List<Map<String, Object>> armed = faults(ctx).chaos(seed, body.requiredNumber("rate"), faults).stream()
                .map(FaultJson::write)
                .toList();
        ControlBody.respond(ctx, 200, Map.of("seed", seed, "faults", armed));
    }

    private void list(Context ctx) throws IOException {
        List<Map<String, Object>> all =
                faults(ctx).list().stream().map(FaultJson::write).toList();
        ControlBody.respond(ctx, 200, Map.of("faults", all));
    }

    private void disarmAll(Context ctx) {
        faults(ctx).disarmAll();
        ctx.res().setStatus(204);
    }

    private void disarm(Context ctx) {
        try {
            faults(ctx).disarm(Long.parseLong(ctx.pathParam("faultId")));
        } catch (NumberFormatException noNumber) {
            throw OperationArguments.refused("The faultId in the path must be a whole number.");
        }
        ctx.res().setStatus(204);
    }
}
