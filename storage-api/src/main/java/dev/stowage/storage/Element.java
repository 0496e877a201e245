package dev.stowage.storage;

import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The first element of a list, or <i>nothing</i>. Not an {@link java.util.Optional}: null is an element too, and is not
 * nothing (LIST-3).
 *
 * @param isPresent false where the list is missing or empty
 */
public record Element(boolean isPresent, @Nullable Object orNull) {

    private static final Element NOTHING = new Element(false, null);

    public static Element of(@Nullable Object value) {
        return new Element(true, value);
    }

    public static Element nothing() {
        return NOTHING;
    }

    /** The element, which may be null. */
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
