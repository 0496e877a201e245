package dev.stowage.emulator.http.exchange;

import io.javalin.http.Context;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;

/** Accesses the connection of a request. */
public final class ClientConnection {

    /** What a fault sends in place of a response. */
    static final String MALFORMED = "{\"result\":{\"gar\u0000bled";

    private static final String CLIENT = ClientConnection.class.getName() + ".client";

    private ClientConnection() {}

    /** Returns the client's address and port, for the journal. The text is created once a connection. */
    public static String clientOf(Request request) {
        ConnectionMetaData connection = request.getConnectionMetaData();
        if (connection.getAttribute(CLIENT) instanceof String known) {
            return known;
        }
        String client = Request.getRemoteAddr(request) + ":" + Request.getRemotePort(request);
        connection.setAttribute(CLIENT, client);
        return client;
    }

    /** Closes the connection without a response. */
    public static void close(Context ctx) {
        close(ServletContextRequest.getServletContextRequest(ctx.req()));
    }

    /** Closes the connection without a response. */
    static void close(Request request) {
        request.getConnectionMetaData().getConnection().getEndPoint().close();
    }
}
