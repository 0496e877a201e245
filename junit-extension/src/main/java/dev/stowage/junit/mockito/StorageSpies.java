package dev.stowage.junit.mockito;

import org.mockito.MockSettings;
import org.mockito.Mockito;
import org.mockito.exceptions.base.MockitoException;
import org.mockito.quality.Strictness;

/** Creates Mockito spies on a storage and on its stores. */
public final class StorageSpies {

    private StorageSpies() {}

    /**
     * Creates a spy. It spies on a proxy of the real object, so that only the test's and the app's calls are recorded, and not those
     * that the real object makes to itself: {@code get(key, type)} would also count as {@code get(key)}.
     *
     * @param type the interface to spy on
     * @param name the name of the spy in Mockito's messages
     * @param reportsUnusedStubs false to make all stubs of the spy lenient
     * @throws IllegalStateException if Mockito cannot spy on the proxy, whose class is final
     */
    public static <T> T spy(Class<T> type, T real, String name, boolean reportsUnusedStubs) {
        RealObject<T> realObject = new RealObject<>(type, real);
        T proxy = realObject.proxy(realObject);
        // Not strict: a real call with other arguments than those of a stub is not an error.
        MockSettings settings = Mockito.withSettings()
                .spiedInstance(proxy)
                .defaultAnswer(Mockito.CALLS_REAL_METHODS)
                .name(name)
                .strictness(reportsUnusedStubs ? Strictness.WARN : Strictness.LENIENT);
        try {
            T spy = type.cast(Mockito.mock(proxy.getClass(), settings));
            realObject.spiedBy(spy);
            return spy;
        } catch (MockitoException cannotSpy) {
            throw new IllegalStateException(
                    "Mockito could not create the spy '" + name
                            + "'. @Spied requires the inline mock maker, which is the default of"
                            + " Mockito 5: remove mock-maker-subclass from mockito-extensions/org.mockito.plugins.MockMaker.",
                    cannotSpy);
        }
    }
}
