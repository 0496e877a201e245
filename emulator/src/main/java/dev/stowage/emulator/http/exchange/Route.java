package dev.stowage.emulator.http.exchange;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;

/** A route of the server. {@code openapi.yaml} describes each route. */
public record Route(HandlerType method, String path, Handler handler) {

    public static Route get(String path, Handler handler) {
        return new Route(HandlerType.GET, path, handler);
    }

    public static Route post(String path, Handler handler) {
        return new Route(HandlerType.POST, path, handler);
    }

    public static Route put(String path, Handler handler) {
        return new Route(HandlerType.PUT, path, handler);
    }

    public static Route delete(String path, Handler handler) {
        return new Route(HandlerType.DELETE, path, handler);
    }
}
