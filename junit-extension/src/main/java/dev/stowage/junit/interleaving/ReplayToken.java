package dev.stowage.junit.interleaving;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * An order as a word that can be put into an annotation: four digits that tell which test it is from, and a letter for each
 * operation, {@code a} for the first actor's.
 */
public record ReplayToken(String test, List<Integer> actors) {

    /** The most actors that a letter can tell apart. */
    public static final int MAX_ACTORS = 26;

    /** @param testName a name that no other test has */
    public static ReplayToken of(String testName, List<Integer> actors) {
        return new ReplayToken(digits(testName), List.copyOf(actors));
    }

    private static String digits(String testName) {
        return String.format(Locale.ROOT, "%04x", testName.hashCode() & 0xffff);
    }

    /**
     * Reads a token.
     *
     * @throws IllegalArgumentException if it is none, or another test's
     */
    public static ReplayToken parse(String text, String testName) {
        if (!text.matches("[0-9a-f]{4}-[a-z]*")) {
            throw new IllegalArgumentException(
                    "replay = \"" + text
                            + "\" is no token of an order. A token is what a failed interleaving test prints last, such as 3f0a-abba.");
        }
        ReplayToken token = new ReplayToken(
                text.substring(0, 4),
                text.substring(5).chars().mapToObj(letter -> letter - 'a').toList());
        if (!token.test.equals(digits(testName))) {
            throw new IllegalArgumentException(
                    "replay = \"" + text + "\" is the token of another test than " + testName
                            + ", or this one had another name then. Run it without replay; if it fails, it prints a token of its own.");
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
