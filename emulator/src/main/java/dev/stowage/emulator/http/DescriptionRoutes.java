package dev.stowage.emulator.http;

import dev.stowage.emulator.http.control.ControlBody;
import dev.stowage.emulator.http.exchange.ResponseWriter;
import dev.stowage.emulator.http.exchange.Route;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Describes the server: a short text at {@code /}, and the protocol in {@code openapi.yaml}. */
public final class DescriptionRoutes {

    public List<Route> routes() {
        return List.of(
                Route.get("/", DescriptionRoutes::greet), Route.get("/openapi.yaml", DescriptionRoutes::describe));
    }

    private static void greet(Context ctx) throws IOException {
        ControlBody.respondText(
                ctx,
                "text/plain; charset=utf-8",
                "Stowage: the storage of installable apps, emulated.\nThe protocol is in /openapi.yaml.\n");
    }

    private static void describe(Context ctx) throws IOException {
        try (InputStream yaml = DescriptionRoutes.class.getResourceAsStream("openapi.yaml")) {
            if (yaml == null) {
                throw new IllegalStateException("openapi.yaml is missing from the class path");
            }
            ResponseWriter.write(ctx.res(), "application/yaml", yaml.readAllBytes());
        }
    }
}
