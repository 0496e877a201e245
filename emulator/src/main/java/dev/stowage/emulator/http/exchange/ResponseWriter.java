package dev.stowage.emulator.http.exchange;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Writes a response body with its length. */
public final class ResponseWriter {

    private ResponseWriter() {}

    public static void write(HttpServletResponse response, String mediaType, byte[] body) throws IOException {
        response.setContentType(mediaType);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
