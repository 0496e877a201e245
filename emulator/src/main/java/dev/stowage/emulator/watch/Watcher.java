package dev.stowage.emulator.watch;

import dev.stowage.emulator.call.Call;
import dev.stowage.storage.operation.Reply;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Sees one app's operations and the lives of its installs, on the thread that carries them out. Called by many threads at
 * once.
 */
public interface Watcher {

    /**
     * An operation has come, and nothing has happened to it yet. What this throws refuses it, and then none of the methods
     * below is called for it.
     */
    default void arrived(Call call) {}

    /**
     * The operation was carried out.
     *
     * @param answer what goes back, put together when asked for; empty where a fault breaks the answer on its way
     */
    default void done(Call call, Supplier<Optional<Reply>> answer) {}

    /** The operation was refused, or its request got lost: nothing has changed. */
    default void refused(Call call) {}

    /** An install of the app was made, in an account that may have had others before. */
    default void installed(long installId, String trackerId) {}
}
