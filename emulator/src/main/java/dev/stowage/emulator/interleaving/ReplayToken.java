package dev.stowage.emulator.interleaving;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * An order in a text form, to run it again: four hexadecimal digits that identify the test,
 * and a letter for each operation, {@code a} for the first actor.
 */
public record ReplayToken(String test, List<Integer> actors) {

    /** The maximum number of actors: one letter for each. */
    public static final int MAX_ACTORS = 26;

    /** @param testName the qualified name of the test method */
    public static ReplayToken of(String testName, List<Integer> actors) {
        return new ReplayToken(digits(testName), List.copyOf(actors));
    }

    private static String digits(String testName) {
        return String.format(Locale.ROOT, "%04x", testName.hashCode() & 0xffff);
    }

    /**
     * Parses a token.
     *
     * @throws IllegalArgumentException if the text is not a token, or belongs to another test
     */
    public static ReplayToken parse(String text, String testName) {
        if (!text.matches("[0-9a-f]{4}-[a-z]*")) {
            throw new IllegalArgumentException("replay = \"" + text
                    + "\" is not a token of an order. Copy the token that a failed interleaving test prints, for example"
                    + " 3f0a-abba.");
        }
        ReplayToken token = new ReplayToken(
                text.substring(0, 4),
                text.substring(5).chars().mapToObj(letter -> letter - 'a').toList());
        if (!token.test.equals(digits(testName))) {
            throw new IllegalArgumentException(
                    "replay = \"" + text + "\" is the token of another test, not of " + testName
                            + " (or this test was renamed). Run it without replay: if it fails, it prints its token.");
        }
        return token;
    }

    @Override
    public String toString() {
        return test + "-"
                + actors.stream()
                        .map(actor -> String.valueOf((char) ('a' + actor)))
                        .collect(Collectors.joining());
    }
}
