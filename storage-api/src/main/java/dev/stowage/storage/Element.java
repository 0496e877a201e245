package dev.stowage.storage;

import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The first element of a list, or <i>nothing</i>. An {@link java.util.Optional} could not tell a null element from a
 * missing one (LIST-3).
 *
 * @param isPresent false if the list is missing or empty
 * @param orNull the element; null if there is none, or if the element is null
 */
public record Element(boolean isPresent, @Nullable Object orNull) {

    private static final Element NOTHING = new Element(false, null);

    /** An element that is present; null is an element. */
    public static Element of(@Nullable Object value) {
        return new Element(true, value);
    }

    /** No element: the list is missing or empty. */
    public static Element nothing() {
        return NOTHING;
    }

    /**
     * The element, which may be null.
     *
     * @throws NoSuchElementException if the list is missing or empty
     */
    public @Nullable Object value() {
        if (!isPresent) {
            throw new NoSuchElementException("the list is missing or empty");
        }
        return orNull;
    }

    @Override
    public String toString() {
        return isPresent ? "Element[" + orNull + "]" : "Element.nothing";
    }
}
