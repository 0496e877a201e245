package dev.stowage.junit;

import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A value in a context's store that is closed when the context ends. It has two interfaces for that: JUnit 5.12 closes only a
 * {@code CloseableResource}; JUnit 5.13 and later close an {@code AutoCloseable}, and log a warning about a value that is only a
 * {@code CloseableResource}. They close a value once.
 */
@SuppressWarnings({"deprecation", "try"}) // both interfaces on purpose; close() throws what the value throws
record StoreResource<T extends AutoCloseable>(T value)
        implements ExtensionContext.Store.CloseableResource, AutoCloseable {

    /** The value in the store with this key; created if there is none. */
    static <T extends AutoCloseable> T in(ExtensionContext context, Object key, Supplier<T> factory, Class<T> type) {
        StoreResource<?> storeResource = context.getStore(StorageEmulator.NAMESPACE)
                .getOrComputeIfAbsent(key, any -> new StoreResource<>(factory.get()), StoreResource.class);
        return type.cast(storeResource.value());
    }

    @Override
    public void close() throws Exception {
        value.close();
    }
}
