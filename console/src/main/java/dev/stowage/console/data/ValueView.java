package dev.stowage.console.data;

import java.util.List;

/**
 * A value as the app sees it.
 *
 * @param name the name of the field, or the position in the list; empty for a member of a set
 * @param type the type, and for a container how much is in it
 * @param text the value; empty for a container
 * @param isContainer whether it has parts instead of a text
 * @param parts what is in a container
 * @param hidden how many parts are not shown, because there are too many
 */
public record ValueView(
        String name, String type, String text, boolean isContainer, List<ValueView> parts, long hidden) {

    /** Stands for a value that is not shown. */
    static final ValueView NOTHING = new ValueView("", "", "", false, List.of(), 0);
}
