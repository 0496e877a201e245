package dev.stowage.reliability.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What came back for a request.
 *
 * @param headers by their names in lower case
 * @param closes true if the server ends the connection
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record FuzzResponse(int status, Map<String, String> headers, byte[] body, boolean closes) {

    FuzzResponse {
        headers = Map.copyOf(headers);
    }

    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        String text = text();
        return status + " " + header("content-type") + " "
                + (text.length() <= 300 ? text : text.substring(0, 300) + "…");
    }
}
