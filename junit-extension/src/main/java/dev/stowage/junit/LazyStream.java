package dev.stowage.junit;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Creates a stream that computes each element only when it is requested, so that it can depend on how the one before was used. */
final class LazyStream {

    private LazyStream() {}

    /** @param next computes the next element; empty at the end, after which it is not called again */
    static <T> Stream<T> stream(Supplier<Optional<T>> next) {
        Iterator<T> iterator = new Iterator<>() {
            private @Nullable T peeked;
            private boolean ended;

            @Override
            public boolean hasNext() {
                if (peeked == null && !ended) {
                    peeked = next.get().orElse(null);
                    ended = peeked == null;
                }
                return peeked != null;
            }

            @Override
            public T next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                T element = Objects.requireNonNull(peeked);
                peeked = null;
                return element;
            }
        };
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(iterator, Spliterator.ORDERED), false);
    }
}
