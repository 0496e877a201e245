package dev.stowage.emulator.console;

import java.util.Map;

/** A response of the console. The server adds the headers that protect every page. */
public record ConsoleResponse(int status, String mediaType, String body, Map<String, String> headers) {

    public static ConsoleResponse html(int status, String page) {
        return new ConsoleResponse(status, "text/html; charset=utf-8", page, Map.of());
    }

    /** After a form was processed, the browser loads this page with GET. */
    public static ConsoleResponse seeOther(String location) {
        return new ConsoleResponse(303, "text/plain", "", Map.of("Location", location));
    }

    /** Nothing has changed since the last request of a page that refreshes itself. */
    public static ConsoleResponse noContent() {
        return new ConsoleResponse(204, "text/plain", "", Map.of());
    }
}
