package dev.stowage.emulator.http;

import dev.stowage.emulator.console.Console;
import dev.stowage.emulator.http.console.ConsoleRoutes;
import dev.stowage.emulator.http.exchange.ResponseWriter;
import dev.stowage.emulator.http.exchange.Route;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Describes the server: for a person at {@code /}, and the whole protocol in {@code openapi.yaml}. */
public final class DescriptionRoutes {

    private static final Pattern AUTHORITY = Pattern.compile("[A-Za-z0-9._:\\[\\]-]{1,255}");
    private static final String SUMMARY =
            "Stowage: an emulator of the storage of installable apps (Optimizely Connect Platform, Cloud9).";
    private static final String KEY =
            "API_KEY is the apiKey of an install. The emulator prints one when it starts; create another with";

    private final Supplier<Optional<Console>> console;

    /** @param console the console; empty if none is on the class path */
    public DescriptionRoutes(Supplier<Optional<Console>> console) {
        this.console = console;
    }

    public List<Route> routes() {
        return List.of(Route.get("/", this::greet), Route.get("/openapi.yaml", DescriptionRoutes::describe));
    }

    /** Sends a browser, which prefers HTML, to the console; describes the server in HTML without one, and otherwise in plain text. */
    private void greet(Context ctx) throws IOException {
        String url = urlOf(ctx);
        ctx.res().setHeader("Vary", "Accept");
        if (!prefersHtml(ctx.req().getHeader("Accept"))) {
            respond(ctx, "text/plain; charset=utf-8", text(url));
        } else if (console.get().isPresent()) {
            ConsoleRoutes.redirect(ctx);
        } else {
            respond(ctx, "text/html; charset=utf-8", html(url));
        }
    }

    private static void respond(Context ctx, String mediaType, String body) throws IOException {
        ResponseWriter.write(ctx, mediaType, body.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean prefersHtml(@Nullable String accept) {
        return accept != null && accept.strip().toLowerCase(Locale.ROOT).startsWith("text/html");
    }

    /** Returns the URL that the client has used; the address of the connection if its Host is not usable in a URL. */
    private static String urlOf(Context ctx) {
        @Nullable String host = ctx.req().getHeader("Host");
        if (host != null && AUTHORITY.matcher(host).matches()) {
            return "http://" + host;
        }
        String address = ctx.req().getLocalAddr();
        return "http://" + (address.indexOf(':') >= 0 ? "[" + address + "]" : address) + ":"
                + ctx.req().getLocalPort();
    }

    private static String install(String url) {
        return "curl -X POST " + url + "/_emulator/installs";
    }

    private static String firstCall(String url) {
        return "curl -H \"Authorization: Bearer $API_KEY\" -d '{\"key\": \"k\", \"value\": {\"n\": 1}}' " + url
                + "/v1/kvStore/put";
    }

    private static String text(String url) {
        return SUMMARY + "\n\nURL:       " + url + "\nProtocol:  " + url + "/openapi.yaml\n\nA first call:\n\n    "
                + firstCall(url) + "\n\n" + KEY + "\n\n    " + install(url) + "\n";
    }

    private static String html(String url) {
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>Stowage</title></head>\n<body>\n<p>"
                + SUMMARY + "</p>\n<p>URL: <code>" + url
                + "</code>. The protocol is in <a href=\"/openapi.yaml\">/openapi.yaml</a>.</p>\n<p>A first call:</p>\n<pre>"
                + firstCall(url) + "</pre>\n<p>" + KEY + "</p>\n<pre>" + install(url) + "</pre>\n</body>\n</html>\n";
    }

    private static void describe(Context ctx) throws IOException {
        try (InputStream yaml = DescriptionRoutes.class.getResourceAsStream("openapi.yaml")) {
            if (yaml == null) {
                throw new IllegalStateException("openapi.yaml is missing from the class path");
            }
            ResponseWriter.write(ctx, "application/yaml", yaml.readAllBytes());
        }
    }
}
