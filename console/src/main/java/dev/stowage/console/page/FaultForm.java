package dev.stowage.console.page;

import dev.stowage.emulator.call.CallMatch;
import dev.stowage.emulator.call.CallSummary;
import dev.stowage.emulator.fault.Fault;
import dev.stowage.emulator.fault.Faults;
import java.util.List;

/**
 * A form that arms a fault. An empty text matches everything.
 *
 * @param url the address of the form, which names a key that no field can hold
 * @param key the key in the form's field
 * @param fixedKey a key that no field can hold, for a person to read; empty if there is none
 * @param kinds the kinds of faults that are possible there
 */
public record FaultForm(
        String url,
        String app,
        String install,
        String store,
        String operation,
        String key,
        String fixedKey,
        List<Kind> kinds) {

    /** A kind of fault, and what it does. */
    public record Kind(String name, String effect) {}

    /** A form for a fault that every later request like this one gets. */
    public static FaultForm at(CallSummary call) {
        CallMatch match = CallMatch.any().store(call.store()).operation(call.operation());
        boolean fits = call.key().chars().noneMatch(Character::isISOControl);
        return new FaultForm(
                Links.to("fault", "key", fits ? "" : call.key()),
                call.appId(),
                call.installId().isPresent() ? Long.toString(call.installId().getAsLong()) : "",
                call.store().wireName(),
                call.operation(),
                fits ? call.key() : "",
                fits ? "" : VisibleText.of(call.key()),
                kinds(match));
    }

    /** A form for any operation of an app, or of all apps. */
    public static FaultForm of(String appId) {
        return new FaultForm(Links.to("fault"), appId, "", "", "", "", "", kinds(CallMatch.any()));
    }

    private static List<Kind> kinds(CallMatch match) {
        return Faults.kindsFor(match).stream()
                .map(kind -> new Kind(kind.wireName(), effectOf(kind)))
                .toList();
    }

    private static String effectOf(Fault.Kind kind) {
        return switch (kind) {
            case CONFLICT -> "refused with version_conflict";
            case RACE -> "another client writes just before";
            case UNAVAILABLE -> "refused with unavailable";
            case THROTTLED -> "refused with throttled";
            case DELAY -> "done after a delay";
            case LOST_REQUEST -> "not done, the connection breaks";
            case LOST_RESPONSE -> "done, but the connection breaks";
            case STALE_READ -> "returns the version before";
            case MALFORMED_RESPONSE -> "done, but the response is no JSON";
            case EXPIRE -> "the record expires just before";
            case REINSTALL -> "the app is reinstalled just before";
        };
    }
}
