package dev.stowage.console.controls;

import dev.stowage.console.page.Parameters;
import dev.stowage.console.page.RecordText;
import dev.stowage.console.page.StoreScope;
import dev.stowage.console.page.VisibleText;
import dev.stowage.emulator.App;
import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.call.CallMatch;
import dev.stowage.emulator.fault.Fault;
import dev.stowage.emulator.fault.FaultRule;
import dev.stowage.emulator.fault.Faults;
import java.time.Duration;

/** Arms and disarms faults. */
public final class FaultForms {

    private static final long DEFAULT_DELAY_MILLIS = 1_000;

    private final Emulator emulator;

    public FaultForms(Emulator emulator) {
        this.emulator = emulator;
    }

    /** Arms the fault that the form describes. */
    public void arm(Parameters form) {
        long skip = form.number("skip").orElse(0);
        long times = form.number("times").orElse(1);
        if (skip > Integer.MAX_VALUE || times > Integer.MAX_VALUE) {
            throw Parameters.refused("The fields skip and times may be at most " + Integer.MAX_VALUE + ".");
        }
        faults(form).arm(new FaultRule(match(emulator, form), (int) skip, (int) times, fault(form)));
    }

    /** Disarms one fault, or all of the scope. */
    public void disarm(Parameters form) {
        if (form.has("fault")) {
            faults(form).disarm(form.requiredNumber("fault"));
        } else {
            faults(form).disarmAll();
        }
    }

    private Faults faults(Parameters form) {
        return form.optional("app")
                .map(appId -> StoreScope.appOf(emulator, appId))
                .map(App::faults)
                .orElseGet(emulator::faults);
    }

    /** The operations that a form selects; a field that was left empty selects all. */
    static CallMatch match(Emulator emulator, Parameters form) {
        CallMatch match = CallMatch.any();
        if (form.has("install")) {
            match = match.install(
                    emulator.install(form.requiredNumber("install")).installId());
        }
        if (form.store().isPresent()) {
            match = match.store(form.store().get());
        }
        if (form.has("operation")) {
            match = match.operation(operation(form.required("operation")));
        }
        return form.text("key").isEmpty() ? match : match.key(form.text("key"));
    }

    private static String operation(String name) {
        if (!Faults.operations().contains(name)) {
            throw Parameters.refused("There is no operation '" + VisibleText.shortened(name, 40) + "'. The operations: "
                    + String.join(", ", Faults.operations()) + ".");
        }
        return name;
    }

    private static Fault fault(Parameters form) {
        Fault.Kind kind = Fault.Kind.of(form.required("kind"))
                .orElseThrow(() -> Parameters.refused("There is no such kind of fault."));
        return Fault.of(
                kind,
                () -> Duration.ofMillis(form.number("ms").orElse(DEFAULT_DELAY_MILLIS)),
                () -> Fault.Race.Write.patch(RecordText.read(form.required("write"))));
    }
}
