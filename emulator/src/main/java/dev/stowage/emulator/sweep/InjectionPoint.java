package dev.stowage.emulator.sweep;

import dev.stowage.emulator.call.Call;
import dev.stowage.emulator.fault.Fault;
import dev.stowage.storage.StoreName;
import java.util.Set;

/**
 * One of the app's operations in a test, where faults can be injected.
 *
 * @param number 1 for the first operation
 * @param possible the kinds of fault that can be injected
 */
public record InjectionPoint(int number, StoreName store, String operation, String key, Set<Fault.Kind> possible) {

    static String name(Call call) {
        return call.store() + "." + call.operation().name() + " "
                + call.operation().key();
    }

    /** The operation in readable form: {@code secrets.put utoken}. */
    public String name() {
        return store + "." + operation + " " + key;
    }
}
