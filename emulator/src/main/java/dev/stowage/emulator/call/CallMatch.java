package dev.stowage.emulator.call;

import dev.stowage.storage.StoreName;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Selects operations: those that match every part that is present. Immutable; each method returns a narrower match.
 *
 * @param operation the name of the operation, for example {@code put}
 */
public record CallMatch(
        Optional<String> appId,
        OptionalLong installId,
        Optional<StoreName> store,
        Optional<String> operation,
        Optional<String> key) {

    private static final CallMatch ANY =
            new CallMatch(Optional.empty(), OptionalLong.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Every operation. */
    public static CallMatch any() {
        return ANY;
    }

    public CallMatch app(String id) {
        return new CallMatch(Optional.of(id), installId, store, operation, key);
    }

    public CallMatch install(long id) {
        return new CallMatch(appId, OptionalLong.of(id), store, operation, key);
    }

    public CallMatch store(StoreName name) {
        return new CallMatch(appId, installId, Optional.of(name), operation, key);
    }

    public CallMatch operation(String name) {
        return new CallMatch(appId, installId, store, Optional.of(name), key);
    }

    public CallMatch key(String exactly) {
        return new CallMatch(appId, installId, store, operation, Optional.of(exactly));
    }

    public boolean matches(CallSummary call) {
        return (appId.isEmpty() || appId.get().equals(call.appId()))
                && (installId.isEmpty() || installId.equals(call.installId()))
                && (store.isEmpty() || store.get() == call.store())
                && (operation.isEmpty() || operation.get().equals(call.operation()))
                && (key.isEmpty() || key.get().equals(call.key()));
    }
}
