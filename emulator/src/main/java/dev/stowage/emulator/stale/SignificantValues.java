package dev.stowage.emulator.stale;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Decides which values count as stale when they are seen again. Ignored, because they occur without having been cached:
 *
 * <ul>
 *   <li>strings of fewer than 6 characters, or with fewer than 4 different characters;
 *   <li>single words of fewer than 20 letters ({@code production})
 *   <li>common words of OAuth and HTTP ({@code client_credentials});
 *   <li>URLs ({@code https://…}), dates and times;
 *   <li>fractional numbers, and integers of fewer than 6 digits
 *   <li>timestamps between the years 2000 and 2100, in seconds or milliseconds;
 *   <li>true, false and null.
 * </ul>
 */
final class SignificantValues {

    private static final int SHORTEST = 6;
    private static final int FEWEST_DIFFERENT = 4;
    private static final int LONGEST_WORD = 19;
    private static final long SMALLEST_NUMBER = 100_000;
    private static final long YEAR_2000 = 946_684_800;
    private static final long YEAR_2100 = 4_102_444_800L;

    private static final Pattern WORD = Pattern.compile("\\p{L}{1," + LONGEST_WORD + "}");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d([T ].*)?");
    private static final Pattern URL = Pattern.compile("[a-z][a-z0-9+.-]*://.*", Pattern.CASE_INSENSITIVE);
    private static final Set<String> COMMON = Set.of(
            "access_token",
            "application/json",
            "authorization_code",
            "client_credentials",
            "client_id",
            "client_secret",
            "grant_type",
            "refresh_token",
            "text/plain",
            "token_type");

    private SignificantValues() {}

    static boolean isSignificant(Object value) {
        if (value instanceof Long number) {
            return Math.abs(number) >= SMALLEST_NUMBER && !isTimestamp(number) && !isTimestamp(number / 1_000);
        }
        return value instanceof String text && isSignificant(text);
    }

    private static boolean isTimestamp(long seconds) {
        return seconds >= YEAR_2000 && seconds <= YEAR_2100;
    }

    private static boolean isSignificant(String text) {
        return text.length() >= SHORTEST
                && text.chars().distinct().count() >= FEWEST_DIFFERENT
                && !WORD.matcher(text).matches()
                && !COMMON.contains(text.toLowerCase(Locale.ROOT))
                && !URL.matcher(text).matches()
                && !DATE.matcher(text).matches();
    }

    /** The value as a report shows it: recognisable, but not usable. */
    static String masked(Object value) {
        String text = value.toString();
        return "'" + text.substring(0, 2) + "…' (" + text.length()
                + (value instanceof Long ? " digits)" : " characters)");
    }

    /** True if the text contains the value; a number only if it is not part of a longer one. */
    static boolean holds(String text, Object value) {
        if (value instanceof String part) {
            return text.contains(part);
        }
        return Pattern.compile("(?<![0-9.])" + value + "(?![0-9.])")
                .matcher(text)
                .find();
    }
}
