package dev.stowage.emulator.record;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.util.ServiceLoader;

/**
 * Opens record stores on an engine that several servers can share. The emulator finds the provider with {@link
 * java.util.ServiceLoader}, for example in the artifact {@code stowage-postgresql-store}.
 */
public interface RecordStoreProvider {

    /**
     * Opens the store at a URL with the provider for its scheme on the class path.
     *
     * @throws StorageException as {@link #open} does, and {@code invalid_request} if there is no provider
     */
    static RecordStore openWithProvider(String url) {
        String scheme = StoreUrl.parse(url).scheme();
        return ServiceLoader.load(RecordStoreProvider.class, RecordStoreProvider.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.supports(scheme))
                .findFirst()
                .orElseThrow(() -> new StorageException(
                        ErrorCode.INVALID_REQUEST,
                        "There is no store for URLs that begin with \"" + scheme
                                + "://\" on the class path. For postgresql:// it is the artifact"
                                + " dev.stowage:stowage-postgresql-store, or stowage-postgresql.jar beside stowage.jar; for"
                                + " etcd:// it is stowage-etcd-store, or stowage-etcd.jar."))
                .open(url);
    }

    /** @param scheme what comes before {@code ://} in the URL */
    boolean supports(String scheme);

    /**
     * Opens a store, and creates what it needs.
     *
     * @throws StorageException {@code unavailable} if the engine can't be reached; {@code invalid_request} if the URL is malformed, the
     *     credentials are refused, the format is not supported, or the engine doesn't make acknowledged writes durable. No message
     *     contains a credential
     */
    RecordStore open(String url);
}
