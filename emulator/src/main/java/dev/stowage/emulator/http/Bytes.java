package dev.stowage.emulator.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Writes an answer straight to the connection, with its length. */
final class Bytes {

    private Bytes() {}

    static void write(HttpServletResponse response, String mediaType, byte[] body) throws IOException {
        response.setContentType(mediaType);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
