package dev.stowage.emulator.http.control;

import dev.stowage.emulator.http.exchange.Route;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.util.Set;

/**
 * Declares a route of the control plane with the query parameters and the body that it accepts. All routes of the control plane are
 * declared here, so that one place decides whether a request was understood: its handler runs only if it was understood
 * completely. Otherwise the request is refused with {@code invalid_request} and does nothing, because a part that was not
 * understood may have been meant to narrow the scope of the request.
 */
final class ControlRoute {

    /** Handles a request that was understood. */
    interface ControlHandler {
        void handle(ControlRequest request) throws IOException;
    }

    private final HandlerType method;
    private final String path;
    private Set<String> parameters = Set.of();
    private Set<String> members = Set.of();
    private boolean isDocument;

    private ControlRoute(HandlerType method, String path) {
        this.method = method;
        this.path = path;
    }

    /** @param path with its parameters in braces, below {@code /_emulator} */
    static ControlRoute get(String path) {
        return new ControlRoute(HandlerType.GET, path);
    }

    static ControlRoute post(String path) {
        return new ControlRoute(HandlerType.POST, path);
    }

    static ControlRoute put(String path) {
        return new ControlRoute(HandlerType.PUT, path);
    }

    static ControlRoute delete(String path) {
        return new ControlRoute(HandlerType.DELETE, path);
    }

    /** Sets the query parameters that the route accepts (default: none). */
    ControlRoute query(String... names) {
        parameters = Set.of(names);
        return this;
    }

    /** Sets the members that the JSON body of a request may have (default: none). */
    ControlRoute body(String... names) {
        members = Set.of(names);
        return this;
    }

    /** Says that the body is a document, which the handler reads as a stream, and has to understand before it does anything. */
    ControlRoute document() {
        isDocument = true;
        return this;
    }

    Route handledBy(ControlHandler handler) {
        return new Route(
                method,
                InstallRoutes.PREFIX + path,
                ctx -> handler.handle(
                        isDocument
                                ? ControlRequest.ofDocument(ctx, parameters)
                                : ControlRequest.of(ctx, parameters, members)));
    }
}
