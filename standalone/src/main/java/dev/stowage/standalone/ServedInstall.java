package dev.stowage.standalone;

import dev.stowage.emulator.App;
import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.Install;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The app and the install whose keys are printed at the start.
 *
 * @param isNew false if the install was in the data directory already
 */
record ServedInstall(App app, Install install, boolean isNew) {

    /**
     * Returns the app's latest active install, so that its key stays valid across starts; creates app and install if there is none.
     *
     * @param appKey the key of a new app; null to generate one
     * @param apiKey the key of the install; null for any install
     * @throws StorageException {@code invalid_request} if a key is malformed or belongs to something else
     */
    static ServedInstall in(Emulator emulator, String appId, @Nullable String appKey, @Nullable String apiKey) {
        App app = appKey == null ? emulator.app(appId) : emulator.app(appId, appKey);
        if (appKey != null && !app.appKey().equals(appKey)) {
            throw new StorageException(
                    ErrorCode.INVALID_REQUEST,
                    "The data directory or store contains the app '" + appId
                            + "' with another key. Omit --app-key, or choose another --app.");
        }
        Optional<Install> existing = app.installs().stream()
                .filter(install -> install.isActive()
                        && (apiKey == null || install.apiKey().equals(apiKey)))
                .reduce((earlier, later) -> later);
        if (existing.isPresent()) {
            return new ServedInstall(app, existing.get(), false);
        }
        return new ServedInstall(app, apiKey == null ? app.install() : app.installWithKey(apiKey), true);
    }
}
