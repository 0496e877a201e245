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

/** A stream whose next element is made only when the one before has been dealt with: a run that depends on the last one. */
final class LazyStream {

    private LazyStream() {}

    /** @param next the next element; empty at the end, and not asked again then */
    static <T> Stream<T> stream(Supplier<Optional<T>> next) {
        Iterator<T> iterator = new Iterator<>() {
            private @Nullable T ahead;
            private boolean ended;

            @Override
            public boolean hasNext() {
                if (ahead == null && !ended) {
                    ahead = next.get().orElse(null);
                    ended = ahead == null;
                }
                return ahead != null;
            }

            @Override
            public T next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                T element = Objects.requireNonNull(ahead);
                ahead = null;
                return element;
            }
        };
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(iterator, Spliterator.ORDERED), false);
    }
}
