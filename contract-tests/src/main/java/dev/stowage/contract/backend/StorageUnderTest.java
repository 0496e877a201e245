package dev.stowage.contract.backend;

import dev.stowage.contract.call.Client;
import dev.stowage.contract.call.NotCheckableException;
import org.jspecify.annotations.Nullable;

/**
 * The backend that is tested: its apps, their installs, and time. A method that the backend does not support throws {@link NotCheckableException} with the reason, as the defaults here do; what needs it is then reported as <i>skipped, because</i>.
 */
public interface StorageUnderTest extends AutoCloseable {

    /** Why chapter 12 is not checkable without a declaration. */
    String NOT_DURABLE = "it was not declared that its state lasts over a restart (--restart COMMAND)";

    /** Why a property that disturbs the backend is skipped without a declaration. */
    String NOT_DISTURBED = "it was not declared how to disturb a part of it (--disturb COMMAND)";

    /** The name of the backend in the report, such as {@code the emulator, over HTTP}. */
    String name();

    /** True if the clauses that this project decides (<b>E</b>) are binding, as for the project's own services. Default: false. */
    default boolean isStrict() {
        return false;
    }

    /** Opens an app that nothing else uses, or the only app that there is. */
    AppUnderTest openApp();

    /** Opens an app that is certainly not one that was opened before. */
    default AppUnderTest openAnotherApp() {
        return openApp();
    }

    /**
     * A client that uses this API key, which may be unknown to the backend.
     *
     * @param key null for no key at all
     */
    default Client openWith(@Nullable String key) {
        throw new NotCheckableException("in process there are no API keys");
    }

    /** The API for the private data of plugins, and the settings API beside it. */
    default PluginDataApi pluginData() {
        throw new NotCheckableException("it has no API for the private data of plugins");
    }

    /** True if records stay when apps are closed, so that the suite has to delete the records that it wrote. Default: false. */
    default boolean keepsRecords() {
        return false;
    }

    /** How the shell commands of a counterexample access the backend. Default: {@link ShellAccess#LOCAL}. */
    default ShellAccess shellAccess() {
        return ShellAccess.LOCAL;
    }

    /**
     * True if it is declared that the state of this backend lasts over {@link #restart}. The clauses of chapter 12 are then binding, also on a backend that is not {@linkplain #isStrict strict}. Default: false; the clauses are not checkable.
     */
    default boolean isDurable() {
        return false;
    }

    /**
     * Kills the backend without a warning, while calls may be in progress, and starts it again on the state that it left. Returns when it responds. Apps, installs and clients stay usable. Called only if {@link #isDurable}, while no other property runs.
     *
     * @throws RestartFailedException if it could not be killed or does not respond again; the run ends
     */
    default void restart() {
        throw new NotCheckableException(NOT_DURABLE);
    }

    /**
     * True if it is declared that this backend keeps the contract while parts of it are {@linkplain #disturb disturbed}: what was answered stays, and histories stay linearizable. The clauses of chapter 12 are then binding for that. Default: false.
     */
    default boolean canBeDisturbed() {
        return false;
    }

    /**
     * Disturbs a part of the backend, while calls are in progress: kills, pauses or restarts it. Returns when the disturbance is over and the backend responds. Calls may fail meanwhile. Called only if {@link #canBeDisturbed}, while no other property runs.
     *
     * @param number chooses the disturbance: from 0 to 9999, and the same for the same seed
     * @throws RestartFailedException if the backend does not respond again; the run ends
     */
    default void disturb(int number) {
        throw new NotCheckableException(NOT_DISTURBED);
    }

    @Override
    default void close() {}
}
