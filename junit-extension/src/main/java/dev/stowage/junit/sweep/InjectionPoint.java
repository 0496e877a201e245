package dev.stowage.junit.sweep;

import dev.stowage.emulator.call.Call;
import dev.stowage.emulator.fault.Fault;
import dev.stowage.storage.StoreName;
import java.util.Set;

/**
 * One of the app's operations in a test.
 *
 * @param number 1 for the first
 * @param possible what could go wrong with it there
 */
public record InjectionPoint(int number, StoreName store, String operation, String key, Set<Fault.Kind> possible) {

    static String name(Call call) {
        return call.store() + "." + call.operation().name() + " "
                + call.operation().key();
    }

    /** For a person: {@code secrets.put utoken}. */
    public String name() {
        return store + "." + operation + " " + key;
    }
}
