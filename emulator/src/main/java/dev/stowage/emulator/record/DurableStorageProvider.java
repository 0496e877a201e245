package dev.stowage.emulator.record;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.util.ServiceLoader;

/** Opens data directories. The emulator finds the provider with {@link java.util.ServiceLoader}: artifact {@code stowage-data-store}. */
public interface DurableStorageProvider {

    /**
     * Opens a data directory with the provider on the class path.
     *
     * @throws StorageException as {@link #open} does, and {@code invalid_request} if there is no provider
     */
    static DurableStorage openWithProvider(DataDirectory directory) {
        return ServiceLoader.load(DurableStorageProvider.class, DurableStorageProvider.class.getClassLoader())
                .findFirst()
                .orElseThrow(
                        () -> new StorageException(
                                ErrorCode.INVALID_REQUEST,
                                "The emulator can't keep data in " + directory.path()
                                        + ", because dev.stowage:stowage-data-store is not on the class path. Add it as a dependency."))
                .open(directory);
    }

    /**
     * Opens a data directory. Only one process can have it open.
     *
     * @throws StorageException {@code unavailable} if the directory is in use or can't be read or written; {@code
     *     invalid_request} if its permissions are too wide, its format is not supported, or the key is wrong. Nothing in it has
     *     changed then
     */
    DurableStorage open(DataDirectory directory);
}
