package dev.stowage.emulator.http.console;

import dev.stowage.emulator.console.Console;
import dev.stowage.emulator.console.ConsoleRequest;
import dev.stowage.emulator.console.ConsoleResponse;
import dev.stowage.emulator.http.control.ControlGuard;
import dev.stowage.emulator.http.exchange.PercentEncoding;
import dev.stowage.emulator.http.exchange.RequestBody;
import dev.stowage.emulator.http.exchange.ResponseWriter;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Serves the console's pages below {@code /console/}. They are for people, so {@code openapi.yaml} does not describe them. Where the
 * control plane requires the admin token, the console asks for it once and sets a cookie.
 */
public final class ConsoleRoutes {

    public static final String PREFIX = "/console";

    private static final String ASSETS = "assets/";
    private static final String LOGIN = "login";

    /** Nothing from elsewhere, no inline script or style, no frame around a page, and no form that is sent elsewhere. */
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
            "X-Frame-Options",
            "DENY",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "same-origin",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cache-Control",
            "no-store");

    private final Supplier<Optional<Console>> console;
    private final ControlGuard guard;

    /** @param console opens the console when its first page is requested; empty if none is on the class path */
    public ConsoleRoutes(Supplier<Optional<Console>> console, ControlGuard guard) {
        this.console = console;
        this.guard = guard;
    }

    public void addTo(RoutesConfig routes) {
        routes.get(PREFIX, ConsoleRoutes::redirect);
        routes.get(PREFIX + "/", this::serve);
        routes.get(PREFIX + "/<path>", this::serve);
        routes.post(PREFIX + "/<path>", this::serve);
    }

    /** Sends a browser to the first page. */
    public static void redirect(Context ctx) {
        ctx.res().setStatus(303);
        ctx.res().setHeader("Location", PREFIX + "/");
    }

    private void serve(Context ctx) throws IOException {
        Console found = console.get()
                .orElseThrow(() -> new StorageException(
                        ErrorCode.NOT_FOUND,
                        "This emulator has no console, because dev.stowage:stowage-console is not on its class path. The"
                                + " standalone emulator, ./stowage, has one."));
        String path = ctx.path().substring(PREFIX.length() + 1);
        respond(ctx, response(ctx, found, path));
    }

    private ConsoleResponse response(Context ctx, Console console, String path) {
        if (path.startsWith(ASSETS)) {
            return console.asset(path.substring(ASSETS.length()));
        }
        boolean isPost = ctx.req().getMethod().equals("POST");
        Map<String, String> form =
                isPost ? decode("form", new String(RequestBody.read(ctx), StandardCharsets.UTF_8)) : Map.of();
        if (isPost && path.equals(LOGIN)) {
            return guard.logIn(ctx, form.getOrDefault("token", "")) || guard.mayControl(ctx)
                    ? ConsoleResponse.seeOther(PREFIX + "/")
                    : console.login(true);
        }
        if (!guard.mayControl(ctx)) {
            // A page that refreshes a part of itself is loaded again as a whole.
            ctx.res().setHeader("HX-Refresh", "true");
            return console.login(false);
        }
        return console.handle(
                new ConsoleRequest(isPost, path, decode("query", ctx.req().getQueryString()), form));
    }

    private static Map<String, String> decode(String what, @Nullable String text) {
        Map<String, String> values = new HashMap<>();
        if (text == null || text.isEmpty()) {
            return values;
        }
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            values.put(PercentEncoding.decode(what, name), PercentEncoding.decode(what, value));
        }
        return values;
    }

    /** Sets the headers that protect every page, also one that says that the request was refused. */
    public static void protect(Context ctx) {
        HEADERS.forEach(ctx.res()::setHeader);
    }

    private static void respond(Context ctx, ConsoleResponse response) throws IOException {
        response.headers().forEach(ctx.res()::setHeader);
        ctx.res().setStatus(response.status());
        if (response.status() != 204) {
            ResponseWriter.write(ctx, response.mediaType(), response.body().getBytes(StandardCharsets.UTF_8));
        }
    }
}
