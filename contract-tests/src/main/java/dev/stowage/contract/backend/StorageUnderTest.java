package dev.stowage.contract.backend;

import dev.stowage.contract.call.Client;
import dev.stowage.contract.call.NotCheckableException;
import org.jspecify.annotations.Nullable;

/**
 * A backend as the suite sees it: apps, their installs, and time. What it can't do throws {@link NotCheckableException} with the reason, as
 * the defaults here do; what needs it then shows as <i>skipped, because</i>.
 */
public interface StorageUnderTest extends AutoCloseable {

    /** What is tested, for the report: {@code the emulator, over HTTP}. */
    String name();

    /** True where the clauses that this project decides (<b>E</b>) count, too: for the project's own services. */
    default boolean isStrict() {
        return false;
    }

    /** An app that nobody else uses, or the one that there is. */
    AppUnderTest openApp();

    /** An app that certainly is another than any that was opened before. */
    default AppUnderTest openAnotherApp() {
        return openApp();
    }

    /**
     * Whatever a key opens, also one that nobody was given.
     *
     * @param key null for no key at all
     */
    default Client openWith(@Nullable String key) {
        throw new NotCheckableException("in process there is no key that could be wrong");
    }

    /** The private data of plugins, and the settings beside it. */
    default PluginDataApi pluginData() {
        throw new NotCheckableException("it offers no private data of plugins");
    }

    /** True if records stay when apps are closed, so that the suite has to delete what it wrote. */
    default boolean keepsRecords() {
        return false;
    }

    @Override
    default void close() {}
}
