package dev.stowage.emulator.http.control;

import dev.stowage.emulator.http.data.OperationArguments;
import dev.stowage.emulator.http.exchange.BodyHeaders;
import dev.stowage.emulator.http.exchange.RequestBody;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A request to the control plane whose query, headers and body were understood. {@link ControlRoute} creates it. */
final class ControlRequest {

    private final Context ctx;
    private final Map<String, String> query;
    private final ControlBody body;

    private ControlRequest(Context ctx, Map<String, String> query, ControlBody body) {
        this.ctx = ctx;
        this.query = query;
        this.body = body;
    }

    /**
     * Reads a request with a JSON body.
     *
     * @param parameters the names of the query parameters that the request may have
     * @param members the names of the members that its body may have
     * @throws dev.stowage.storage.StorageException {@code invalid_request} if any part of the request is not understood
     */
    static ControlRequest of(Context ctx, Set<String> parameters, Set<String> members) {
        Map<String, String> query = readHead(ctx, parameters);
        return new ControlRequest(ctx, query, ControlBody.read(RequestBody.read(ctx), members));
    }

    /** Reads a request whose body the handler reads. */
    static ControlRequest ofDocument(Context ctx, Set<String> parameters) {
        return new ControlRequest(ctx, readHead(ctx, parameters), ControlBody.EMPTY);
    }

    private static Map<String, String> readHead(Context ctx, Set<String> parameters) {
        BodyHeaders.checkNotCompressed(ctx);
        BodyHeaders.checkUtf8(ctx);
        return ControlQuery.read(ctx.req().getQueryString(), parameters);
    }

    /** Returns a query parameter; empty if the request does not have it. */
    Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name));
    }

    /** Returns a query parameter that the request must have. */
    String requiredParameter(String name) {
        return parameter(name)
                .orElseThrow(() -> OperationArguments.refused("The query must have the parameter " + name + "."));
    }

    /** Returns a query parameter that is a whole number of at least 0. */
    OptionalLong wholeParameter(String name) {
        return query.containsKey(name)
                ? OptionalLong.of(wholeNumber("The query parameter " + name, query.get(name)))
                : OptionalLong.empty();
    }

    /** Returns a parameter of the path. */
    String pathText(String name) {
        return ctx.pathParam(name);
    }

    /** Returns a parameter of the path that is a whole number. */
    long pathNumber(String name) {
        return wholeNumber("The " + name + " in the path", ctx.pathParam(name));
    }

    static long wholeNumber(String what, String text) {
        try {
            long number = Long.parseLong(text);
            if (number >= 0 && Character.isDigit(text.charAt(0))) {
                return number;
            }
        } catch (NumberFormatException notWhole) {
            throw notWhole(what);
        }
        throw notWhole(what);
    }

    private static RuntimeException notWhole(String what) {
        return OperationArguments.refused(what + " must be a whole number of at least 0, in digits.");
    }

    ControlBody body() {
        return body;
    }

    Context context() {
        return ctx;
    }

    void respond(Object json) throws IOException {
        ControlBody.respond(ctx, 200, json);
    }

    /** Responds when the body is there. */
    void respondWhen(CompletableFuture<?> json) {
        ControlBody.respondWhen(ctx, json);
    }

    void respondNoContent() {
        ctx.res().setStatus(204);
    }
}
