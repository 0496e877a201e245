package dev.stowage.console.data;

import dev.stowage.console.page.VisibleText;
import dev.stowage.storage.Hash;
import dev.stowage.storage.NumberSet;
import dev.stowage.storage.StringSet;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Shows one record, up to so many values that a page stays readable: a record can have 200,000 of them. */
final class ValueViews {

    private static final int MAX_TEXT = 2_000;
    private static final int MAX_PARTS = 200;
    private static final int MAX_VALUES = 1_000;

    private record Part(String name, @Nullable Object value) {}

    private int left = MAX_VALUES;

    private ValueViews() {}

    static ValueView of(Hash record) {
        return new ValueViews().of(new Part("", record));
    }

    private ValueView of(Part part) {
        String name = VisibleText.shortened(part.name(), MAX_TEXT);
        Object value = part.value();
        if (value instanceof Hash hash) {
            return container(name, "hash", hash.size(), fields(hash.asMap()));
        }
        if (value instanceof List<?> list) {
            return container(
                    name,
                    "list",
                    list.size(),
                    IntStream.range(0, list.size())
                            .mapToObj(i -> new Part(Integer.toString(i), list.get(i)))
                            .iterator());
        }
        if (value instanceof StringSet strings) {
            return container(name, "string set", strings.size(), members(strings.members()));
        }
        if (value instanceof NumberSet numbers) {
            return container(name, "number set", numbers.size(), members(numbers.members()));
        }
        return new ValueView(name, typeOf(value), VisibleText.shortened(text(value), MAX_TEXT), false, List.of(), 0);
    }

    private static Iterator<Part> fields(Map<String, @Nullable Object> fields) {
        return fields.entrySet().stream()
                .map(field -> new Part(field.getKey(), field.getValue()))
                .iterator();
    }

    private static Iterator<Part> members(List<?> members) {
        return members.stream().map(member -> new Part("", member)).iterator();
    }

    private static String typeOf(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        return value instanceof String ? "string" : value instanceof Boolean ? "boolean" : "number";
    }

    private static String text(@Nullable Object value) {
        if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15) {
            return Long.toString(number.longValue());
        }
        return String.valueOf(value);
    }

    private ValueView container(String name, String type, int size, Iterator<Part> parts) {
        List<ValueView> views = new ArrayList<>();
        while (parts.hasNext() && views.size() < MAX_PARTS && left > 0) {
            left--;
            views.add(of(parts.next()));
        }
        return new ValueView(name, type + " (" + size + ")", "", true, views, size - views.size());
    }
}
