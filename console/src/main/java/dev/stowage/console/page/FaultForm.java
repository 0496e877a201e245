package dev.stowage.console.page;

import dev.stowage.emulator.call.CallMatch;
import dev.stowage.emulator.call.CallSummary;
import dev.stowage.emulator.fault.Fault;
import dev.stowage.emulator.fault.Faults;
import java.util.List;

/**
 * A form that arms a fault. An empty text matches everything.
 *
 * @param kinds the kinds of faults that are possible there
 */
public record FaultForm(String app, String install, String store, String operation, String key, List<String> kinds) {

    /** A form for a fault that every later request like this one gets. */
    public static FaultForm at(CallSummary call) {
        CallMatch match = CallMatch.any().store(call.store()).operation(call.operation());
        return new FaultForm(
                call.appId(),
                call.installId().isPresent() ? Long.toString(call.installId().getAsLong()) : "",
                call.store().wireName(),
                call.operation(),
                call.key(),
                kinds(match));
    }

    /** A form for any operation of an app, or of all apps. */
    public static FaultForm of(String appId) {
        return new FaultForm(appId, "", "", "", "", kinds(CallMatch.any()));
    }

    private static List<String> kinds(CallMatch match) {
        return Faults.kindsFor(match).stream().map(Fault.Kind::wireName).toList();
    }
}
