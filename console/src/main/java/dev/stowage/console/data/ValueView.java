package dev.stowage.console.data;

import dev.stowage.console.page.VisibleText;
import dev.stowage.storage.Hash;
import dev.stowage.storage.NumberSet;
import dev.stowage.storage.StringSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value as the app sees it.
 *
 * @param name the name of the field, or the position in the list; empty for a member of a set
 * @param type the type, and for a container how much is in it
 * @param text the value; empty for a container
 * @param parts what is in a container
 * @param hidden how many parts are not shown, because there are too many
 */
public record ValueView(String name, String type, String text, List<ValueView> parts, long hidden) {

    private static final int MAX_TEXT = 2_000;
    private static final int MAX_PARTS = 200;

    static ValueView of(Hash record) {
        return of("", record);
    }

    static ValueView of(String name, @Nullable Object value) {
        String visibleName = VisibleText.shortened(name, MAX_TEXT);
        if (value instanceof Hash hash) {
            return container(visibleName, "hash", hash.asMap());
        }
        if (value instanceof List<?> list) {
            Map<String, @Nullable Object> byPosition = new LinkedHashMap<>();
            for (int i = 0; i < list.size() && i <= MAX_PARTS; i++) {
                byPosition.put(Integer.toString(i), list.get(i));
            }
            return container(visibleName, "list", byPosition, list.size());
        }
        if (value instanceof StringSet strings) {
            return set(visibleName, "string set", strings.members());
        }
        if (value instanceof NumberSet numbers) {
            return set(visibleName, "number set", numbers.members());
        }
        String type = value == null
                ? "null"
                : value instanceof String ? "string" : value instanceof Boolean ? "boolean" : "number";
        return new ValueView(visibleName, type, VisibleText.shortened(text(value), MAX_TEXT), List.of(), 0);
    }

    private static String text(@Nullable Object value) {
        if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15) {
            return Long.toString(number.longValue());
        }
        return String.valueOf(value);
    }

    private static ValueView container(String name, String type, Map<String, ? extends @Nullable Object> parts) {
        return container(name, type, parts, parts.size());
    }

    private static ValueView container(
            String name, String type, Map<String, ? extends @Nullable Object> parts, int size) {
        List<ValueView> views = new ArrayList<>();
        parts.forEach((part, value) -> {
            if (views.size() < MAX_PARTS) {
                views.add(of(part, value));
            }
        });
        return new ValueView(name, type + " (" + size + ")", "", views, Math.max(0, size - views.size()));
    }

    private static ValueView set(String name, String type, List<?> members) {
        List<ValueView> views = new ArrayList<>();
        members.stream().limit(MAX_PARTS).forEach(member -> views.add(of("", member)));
        return new ValueView(
                name, type + " (" + members.size() + ")", "", views, Math.max(0, members.size() - views.size()));
    }

    /** Whether it has parts instead of a text. */
    public boolean isContainer() {
        return !type.equals("null") && type.endsWith(")");
    }
}
