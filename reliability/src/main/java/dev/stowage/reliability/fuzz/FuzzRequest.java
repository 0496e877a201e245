package dev.stowage.reliability.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One request, with whatever bytes it has.
 *
 * @param target the path and the query, as they are sent
 * @param headers complete lines, without those that frame the body
 * @param framed false if the body's length is not announced correctly, so that the connection can't be used again
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record FuzzRequest(String method, String target, List<String> headers, byte[] body, boolean framed) {

    FuzzRequest {
        headers = List.copyOf(headers);
    }

    byte[] bytes() {
        List<String> lines = new ArrayList<>(headers);
        lines.add("Content-Length: " + (framed ? body.length : body.length + 7));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes((method + " " + target + " HTTP/1.1\r\n").getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(String.join("\r\n", lines).getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes("\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    /** The request for a person; a long body is cut. */
    @Override
    public String toString() {
        String text = new String(body, StandardCharsets.UTF_8);
        return method + " " + target + " " + headers + " "
                + (text.length() <= 300 ? text : text.substring(0, 300) + "… (" + body.length + " bytes)");
    }
}
