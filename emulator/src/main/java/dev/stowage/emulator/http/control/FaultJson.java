package dev.stowage.emulator.http.control;

import dev.stowage.emulator.call.CallMatch;
import dev.stowage.emulator.fault.ArmedFault;
import dev.stowage.emulator.fault.Fault;
import dev.stowage.emulator.fault.FaultRule;
import dev.stowage.emulator.http.data.OperationArguments;
import dev.stowage.storage.Hash;
import dev.stowage.storage.Ttl;
import dev.stowage.storage.wire.WireJson;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads and writes fault rules as JSON. */
final class FaultJson {

    private static final String KINDS =
            Arrays.stream(Fault.Kind.values()).map(Fault.Kind::wireName).collect(Collectors.joining(", "));
    private static final int MAX = Integer.MAX_VALUE;

    private FaultJson() {}

    static FaultRule readRule(ControlBody body) {
        CallMatch match = CallMatchJson.readFrom(body);
        long skip = body.wholeNumber("skip", 0, MAX).orElse(0L);
        long times = body.wholeNumber("times", 1, MAX).orElse(1L);
        ControlBody fault = body.object("fault", "kind", "ms", "write")
                .orElseThrow(() -> OperationArguments.refused("The body must have the member fault."));
        return new FaultRule(match, (int) skip, (int) times, readFault(fault));
    }

    static Fault readFault(ControlBody fault) {
        String kind = fault.requiredText("kind");
        Fault.Kind known = Fault.Kind.of(kind)
                .orElseThrow(() ->
                        OperationArguments.refused("The fault kind '" + kind + "' is unknown. Kinds: " + KINDS + "."));
        Fault read = Fault.of(known, () -> readDelay(fault), () -> readWrite(fault));
        if (fault.has("ms") && !(read instanceof Fault.Delay)) {
            throw OperationArguments.refused("Only the fault delay may have the member ms.");
        }
        if (fault.has("write") && !(read instanceof Fault.Race)) {
            throw OperationArguments.refused("Only the fault race may have the member write.");
        }
        return read;
    }

    private static Duration readDelay(ControlBody delay) {
        return Duration.ofMillis(delay.wholeNumber("ms", 0, MAX)
                .orElseThrow(() -> OperationArguments.refused("The fault delay must have the member ms.")));
    }

    private static Fault.Race.Write readWrite(ControlBody race) {
        ControlBody write = race.object("write", "operation", "value", "ttl")
                .orElseThrow(() -> OperationArguments.refused("The fault race must have the member write."));
        boolean merges = switch (write.requiredText("operation")) {
            case "put" -> false;
            case "patch" -> true;
            default -> throw OperationArguments.refused("The operation of a race's write must be put or patch.");
        };
        Ttl ttl = write.wholeNumber("ttl", 1, Ttl.MAX_SECONDS)
                .map(seconds -> Ttl.of(Duration.ofSeconds(seconds)))
                .orElse(merges ? Ttl.keep() : Ttl.none());
        return new Fault.Race.Write(merges, write.record("value"), ttl);
    }

    static Map<String, Object> write(ArmedFault armed) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("faultId", armed.faultId());
        json.put("match", CallMatchJson.write(armed.rule().match()));
        json.put("skip", armed.rule().skip());
        json.put("times", armed.rule().times());
        json.put("fault", write(armed.rule().fault()));
        json.put("matched", armed.matched());
        json.put("fired", armed.fired());
        return json;
    }

    private static Map<String, Object> write(Fault fault) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", fault.kind().wireName());
        if (fault instanceof Fault.Delay delay) {
            json.put("ms", delay.duration().toMillis());
        }
        if (fault instanceof Fault.Race race) {
            Map<String, Object> write = new LinkedHashMap<>();
            write.put("operation", race.write().merges() ? "patch" : "put");
            write.put("value", asJson(race.write().value()));
            race.write().ttl().duration().ifPresent(ttl -> write.put("ttl", ttl.toSeconds()));
            json.put("write", write);
        }
        return json;
    }

    private static Object asJson(Hash value) {
        return ControlBody.raw(WireJson.encodeRecord(value));
    }
}
