package dev.stowage.emulator.stale;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Collects the texts in a request by their location, each also decoded from the usual encodings. */
public final class RequestTexts {

    private static final String BASIC = "Basic ";

    private RequestTexts() {}

    /** @param headers the values by name; several values of one header are separated by line breaks */
    public static Map<String, String> of(String url, Map<String, String> headers, String body) {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("in its URL", url + "\n" + unescaped(url));
        headers.forEach((name, value) -> texts.put("in its header " + name, value + "\n" + credentials(value)));
        texts.put("in its body", body + "\n" + unescaped(body));
        return texts;
    }

    /** Decodes percent-encoding, as in a URL or a form. */
    private static String unescaped(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEscaped) {
            return "";
        }
    }

    private static String credentials(String header) {
        try {
            return header.startsWith(BASIC)
                    ? new String(
                            Base64.getDecoder()
                                    .decode(header.substring(BASIC.length()).strip()),
                            StandardCharsets.UTF_8)
                    : "";
        } catch (IllegalArgumentException notEncoded) {
            return "";
        }
    }
}
