package dev.stowage.console.controls;

import dev.stowage.console.page.Parameters;
import dev.stowage.console.page.StoreScope;
import dev.stowage.emulator.App;
import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.gate.Gate;
import dev.stowage.emulator.gate.Hold;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.time.Duration;

/** Holds operations, and releases them one by one. */
public final class HoldForms {

    /** A person takes longer than a test. */
    private static final Duration DEADLINE = Duration.ofMinutes(10);

    private final Emulator emulator;

    public HoldForms(Emulator emulator) {
        this.emulator = emulator;
    }

    /** Holds the operations that the form selects, until the hold is closed. */
    public void hold(Parameters form) {
        gate(form).hold(FaultForms.match(emulator, form), DEADLINE);
    }

    /** Releases one operation. */
    public void release(Parameters form) {
        long operationId = form.requiredNumber("operation");
        find(form).waiting().stream()
                .filter(held -> held.operationId() == operationId)
                .findFirst()
                .orElseThrow(() -> new StorageException(
                        ErrorCode.NOT_FOUND,
                        "The operation does not wait any longer: it was released, its deadline has passed, or its client has"
                                + " hung up."))
                .release();
    }

    /** Closes a hold and releases all of its operations. */
    public void close(Parameters form) {
        find(form).close();
    }

    private Hold find(Parameters form) {
        long holdId = form.requiredNumber("hold");
        return gate(form).holds().stream()
                .filter(hold -> hold.holdId() == holdId)
                .findFirst()
                .orElseThrow(
                        () -> new StorageException(ErrorCode.NOT_FOUND, "The hold does not exist, or was closed."));
    }

    private Gate gate(Parameters form) {
        return form.optional("app")
                .map(appId -> StoreScope.appOf(emulator, appId))
                .map(App::gate)
                .orElseGet(emulator::gate);
    }
}
