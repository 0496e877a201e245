package dev.stowage.junit.mockito;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Passes the calls of a spy on to the real object. What {@code withMapper} returns is another object, which Mockito would not know:
 * calls of it are made to the spy, so that they are recorded and stubbed, and are then passed on to that object. Thread-safe.
 */
final class RealObject<T> implements InvocationHandler {

    private final Class<T> type;
    private final T real;

    /** The object that {@code withMapper} returned and that the call of this thread was made to; none for the spy itself. */
    @SuppressWarnings("ThreadLocalUsage") // One for each spy, because calls of several spies can nest.
    private final ThreadLocal<T> target = new ThreadLocal<>();

    private volatile @Nullable T spy;

    RealObject(Class<T> type, T real) {
        this.type = type;
        this.real = real;
    }

    /** An object of this type whose calls {@code handler} gets. */
    T proxy(InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    void spiedBy(T created) {
        spy = created;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        T mapped = target.get();
        // An updater that is called by the real method may call the spy itself.
        target.remove();
        Object result = call(method, mapped == null ? real : mapped, arguments);
        return method.getName().equals("withMapper") && type.isInstance(result) ? spied(type.cast(result)) : result;
    }

    private T spied(T mapped) {
        return proxy((proxy, method, arguments) -> {
            if (method.getDeclaringClass() == Object.class) {
                return call(method, mapped, arguments);
            }
            target.set(mapped);
            try {
                return call(method, Objects.requireNonNull(spy), arguments);
            } finally {
                target.remove();
            }
        });
    }

    private static @Nullable Object call(Method method, Object target, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getTargetException();
        }
    }
}
