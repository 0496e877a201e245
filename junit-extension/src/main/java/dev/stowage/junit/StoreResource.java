package dev.stowage.junit;

import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Something in a context's store that is closed when the context ends. From JUnit 5.13 on, anything closeable is; before that,
 * and Spring Boot 3 brings such a version, only what says so in the old way.
 */
@SuppressWarnings("deprecation")
record StoreResource<T extends AutoCloseable>(T value) implements ExtensionContext.Store.CloseableResource {

    /** What the store has by that key; made if there is nothing. */
    static <T extends AutoCloseable> T in(ExtensionContext context, Object key, Supplier<T> make, Class<T> type) {
        StoreResource<?> storeResource = context.getStore(StorageEmulator.NAMESPACE)
                .getOrComputeIfAbsent(key, any -> new StoreResource<>(make.get()), StoreResource.class);
        return type.cast(storeResource.value());
    }

    @Override
    public void close() throws Exception {
        value.close();
    }
}
