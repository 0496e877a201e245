package dev.stowage.junit.wiremock;

import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Collects the texts in a request by their location, each also decoded from the usual encodings. */
final class RequestTexts {

    private static final String BASIC = "Basic ";

    private RequestTexts() {}

    static Map<String, String> of(Request request) {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("in its URL", request.getUrl() + "\n" + unescaped(request.getUrl()));
        for (HttpHeader header : request.getHeaders().all()) {
            String value = String.join("\n", header.values());
            texts.put("in its header " + header.key(), value + "\n" + credentials(value));
        }
        String body = request.getBodyAsString();
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
