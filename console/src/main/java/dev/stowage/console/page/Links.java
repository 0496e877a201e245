package dev.stowage.console.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Builds the addresses of pages. */
public final class Links {

    public static final String HOME = "/console/";

    private Links() {}

    /**
     * Returns the address of a page.
     *
     * @param path the path below {@code /console/}
     * @param query names and values by turns; a parameter with an empty value is left out
     */
    public static String to(String path, String... query) {
        StringBuilder url = new StringBuilder(HOME).append(path);
        char separator = '?';
        for (int i = 0; i < query.length; i += 2) {
            if (!query[i + 1].isEmpty()) {
                url.append(separator).append(query[i]).append('=').append(encode(query[i + 1]));
                separator = '&';
            }
        }
        return url.toString();
    }

    /** Returns the address to go back to after a form; the first page for what is no page of the console. */
    public static String back(String given) {
        return given.startsWith(HOME) && given.chars().allMatch(c -> c > ' ' && c <= '~' && c != '\\') ? given : HOME;
    }

    /** Whether a server receives the text as one segment of a path, however it is encoded. */
    public static boolean fitsInPath(String text) {
        return text.chars().noneMatch(c -> c == '/' || c == '\\' || c == '%' || Character.isISOControl(c))
                && !text.equals(".")
                && !text.equals("..");
    }

    /** Encodes a text for a path or a query. */
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
