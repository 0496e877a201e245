package dev.stowage.emulator.record;

/** Opens data directories. The emulator finds the provider with {@link java.util.ServiceLoader}: artifact {@code stowage-data-store}. */
public interface DurableStorageProvider {

    /**
     * Opens a data directory. Only one process can have it open.
     *
     * @throws dev.stowage.storage.StorageException {@code unavailable} if the directory is in use or can't be read or written; {@code
     *     invalid_request} if its permissions are too wide, its format is not supported, or the key is wrong. Nothing in it has
     *     changed then
     */
    DurableStorage open(DataDirectory directory);
}
