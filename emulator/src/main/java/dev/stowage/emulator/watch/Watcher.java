package dev.stowage.emulator.watch;

import dev.stowage.emulator.call.Call;
import dev.stowage.storage.operation.Reply;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A callback for one app's operations and new installs. It is called on the thread that carries out the operation, by
 * several threads at once.
 */
public interface Watcher {

    /**
     * Called when an operation arrives, before anything else happens to it. An exception refuses the operation; then none of
     * the methods below is called for it.
     */
    default void arrived(Call call) {}

    /**
     * Called when the operation was carried out.
     *
     * @param reply the reply, created on demand; empty if a fault prevents the response from arriving
     */
    default void done(Call call, Supplier<Optional<Reply>> reply) {}

    /** Called when the operation was refused or its request was lost. Nothing has changed. */
    default void refused(Call call) {}

    /**
     * Called when the private data of a plugin was replaced.
     *
     * @param context the path of the context: {@code user/default}
     */
    default void pluginDataSet(String context, String json) {}

    /** Called when an install of the app was created. The account may have had earlier installs of the app. */
    default void installed(long installId, String trackerId) {}

    /**
     * Called when the app was reset, after its watcher was removed. A watcher that has to see the app after the reset registers
     * itself again.
     */
    default void reset() {}
}
